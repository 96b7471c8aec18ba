#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "render/canvas.h"
#include "render/chart.h"
#include "render/end_labels.h"
#include "render/font.h"
#include "render/frame.h"
#include "render/landmarks.h"
#include "render/legend.h"
#include "render/looks.h"
#include "render/ticks.h"
#include "render/x_labels.h"

namespace rhoam::render {

/// The sizes of text in a picture.
struct Fonts {
  Font headline{20, Font::Weight::bold}, title{15, Font::Weight::bold}, text{13};
};

/// The heights of what stands above and below a plot, in pixels. Panels side by side share them, so that
/// their plots are level.
struct Heights {
  double title = 0, legend = 0, y_name = 0, landmarks = 0, x_labels = 0, x_name = 0;

  /// Raises each to that of another panel.
  void include(const Heights& other);
  /// With the plot.
  double total() const;
};

/// One chart with its title, legend and axes.
class Panel {
 public:
  /// The chart, its looks and the fonts must outlive the panel.
  Panel(const Chart& chart, std::span<const Look> looks, const Fonts& fonts, double width);

  const Heights& heights() const { return heights_; }
  void paint(Canvas& canvas, Point corner, const Heights& heights) const;

 private:
  void measure_columns(double width);
  void measure_x_labels();
  void make_room_for_names(double width);
  void measure_heights();
  void paint_above(Canvas& canvas, Point corner, const Heights& heights) const;
  void paint_rows(Canvas& canvas, const Frame& frame) const;
  void paint_columns(Canvas& canvas, const Frame& frame) const;
  void paint_below(Canvas& canvas, const Frame& frame) const;
  void paint_end_labels(Canvas& canvas, const Frame& frame) const;

  const Chart& chart_;
  std::span<const Look> looks_;
  const Fonts& fonts_;
  Frame frame_;  ///< its plot in pixels from the panel's left edge and the plot's upper edge
  Ticks rows_;
  XLabels x_labels_;
  std::vector<EndLabel> end_labels_;
  Landmarks landmarks_;
  Legend legend_;
  std::vector<std::string> title_;
  Heights heights_;
};

}  // namespace rhoam::render
