#pragma once
#include <string>
#include <vector>

#include "rhoam/render/canvas/font.h"
#include "rhoam/render/chart/axis.h"
#include "rhoam/render/chart/chart.h"

namespace rhoam::render {

/// The texts below a plot. They do not overlap.
struct XLabels {
  struct Label {
    double at;  ///< coordinate
    std::vector<std::string> lines;
  };
  std::vector<Label> labels = {};
  std::vector<double> minor = {};  ///< coordinates of marks without a text
  bool tilted = false;             ///< by kTilt, ending at the mark
  double height = 0;               ///< pixels

  static constexpr double kTilt = 35;  ///< degrees
};

/// Texts for the axis of a chart of which a plot `width` pixels wide shows `scale`; `room` is free to its
/// left. `steps` is a limit on those between numbers.
XLabels make_x_labels(const Axis& axis, const Scale& scale, double width, double room, const Font& font,
                      int steps = 9);

/// The least left edge of a plot that ends at `right` with which no tilted name of up to the longest length
/// is cut, where `margin` is free left of 0. Pixels.
double left_edge_for_names(const std::vector<std::string>& names, double right, double margin,
                           const Font& font);

}  // namespace rhoam::render
