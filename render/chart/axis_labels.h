#pragma once
#include <string>
#include <vector>

#include "rhoam/render/canvas/font.h"
#include "rhoam/render/chart/axis.h"
#include "rhoam/render/chart/chart.h"

namespace rhoam::render {

/// The labels below a plot. They do not overlap.
struct XLabels {
  struct Label {
    double at;  ///< coordinate
    std::vector<std::string> lines;
  };
  std::vector<Label> labels = {};
  std::vector<double> minor = {};  ///< coordinates of ticks without a label
  bool tilted = false;             ///< by kTilt, ending at the tick
  double height = 0;               ///< pixels

  static constexpr double kTilt = 35;  ///< degrees
};

/// Labels for the x axis of a plot that is `width` pixels wide, shows `scale`, and has `room` pixels free to
/// its left. `steps`: the most steps between numbers.
XLabels make_x_labels(const Axis& axis, const Scale& scale, double width, double room, const Font& font,
                      int steps = 9);

/// The smallest left edge, in pixels, of a plot that ends at `right` with which no tilted name of at most the
/// longest length is cut off; `margin` is free left of 0.
double left_edge_for_names(const std::vector<std::string>& names, double right, double margin,
                           const Font& font);

}  // namespace rhoam::render
