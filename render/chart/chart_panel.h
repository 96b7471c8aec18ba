#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rhoam/render/canvas/canvas.h"
#include "rhoam/render/chart/annotations.h"
#include "rhoam/render/chart/axis.h"
#include "rhoam/render/chart/axis_labels.h"
#include "rhoam/render/chart/chart.h"
#include "rhoam/render/chart/chart_style.h"
#include "rhoam/render/chart/legend.h"
#include "rhoam/render/chart/series_style.h"
#include "rhoam/render/chart/ticks.h"

namespace rhoam::render {

/// The heights of a plot and of the parts above and below it, in pixels. Panels side by side share them, so
/// that their plots are level.
struct Heights {
  double title = 0, legend = 0, y_name = 0, landmarks = 0, plot = 0, x_labels = 0, x_name = 0;

  /// Raises each height to that of another panel.
  void include(const Heights& other);
  double above() const { return title + legend + y_name + landmarks; }
  double total() const { return above() + plot + x_labels + x_name; }
};

/// Title, legend and name of the y axis, above the plot of a chart.
class PanelHead {
 public:
  /// All arguments must outlive the head.
  PanelHead(const Chart& chart, std::span<const Look> looks, const PanelStyle& style, double width);

  void leave_out_legend() { legend_.reset(); }
  void measure(Heights& heights) const;
  /// `right` is the right edge of the plot, from the corner.
  void paint(Canvas& canvas, Point corner, const Heights& heights, double right) const;

 private:
  double words_width() const;
  bool legend_is_beside() const;
  void paint_line(Canvas& canvas, Point corner, const Heights& heights) const;

  const Chart& chart_;
  const PanelStyle& style_;
  double width_;
  std::vector<std::string> title_;
  std::optional<Legend> legend_;
};

/// Width and shared x axis that a picture gives to a panel.
struct PanelPlace {
  double width;                 ///< pixels
  std::optional<Scale> x = {};  ///< of a shared axis; else its own
  bool names_x = true;          ///< whether numbers and name of the x axis are shown below
};

/// One chart with its title, legend and axes; without values, its message.
class Panel {
 public:
  /// The chart, its looks and the style must outlive the panel.
  Panel(const Chart& chart, std::span<const Look> looks, const PanelStyle& style, const PanelPlace& place);

  const Heights& heights() const { return heights_; }
  /// The plot's left edge, relative to that of the panel.
  double left() const { return frame_.plot.x; }
  /// Moves the left edge, so that the plots of panels below each other are aligned.
  void align(double left);
  void paint(Canvas& canvas, Point corner, const Heights& heights) const;

 private:
  bool is_message() const { return !message_.empty(); }
  void measure_columns(double width);
  void measure_x_labels();
  void make_room_for_names(double width);
  void measure_heights();
  void paint_message(Canvas& canvas, const Frame& frame) const;
  void paint_rows(Canvas& canvas, const Frame& frame) const;
  void paint_columns(Canvas& canvas, const Frame& frame) const;
  void paint_below(Canvas& canvas, const Frame& frame) const;
  void paint_end_labels(Canvas& canvas, const Frame& frame) const;

  const Chart& chart_;
  std::span<const Look> looks_;
  const PanelStyle& style_;
  bool names_x_;
  std::string message_;
  Frame frame_;  ///< its plot in pixels from the panel's left edge and the plot's upper edge
  Ticks rows_;
  XLabels x_labels_;
  std::vector<EndLabel> end_labels_;
  Landmarks landmarks_;
  PanelHead head_;
  Heights heights_;
};

}  // namespace rhoam::render
