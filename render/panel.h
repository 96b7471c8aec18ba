#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "render/canvas.h"
#include "render/chart.h"
#include "render/end_labels.h"
#include "render/frame.h"
#include "render/heights.h"
#include "render/landmarks.h"
#include "render/looks.h"
#include "render/panel_head.h"
#include "render/panel_style.h"
#include "render/ticks.h"
#include "render/x_labels.h"

namespace rhoam::render {

/// What a panel is given by the picture that it is part of.
struct PanelPlace {
  double width;                 ///< pixels
  std::optional<Scale> x = {};  ///< of an axis that it shares; else its own
  bool names_x = true;          ///< whether numbers and name of the x axis stand below
};

/// One chart with its title, legend and axes; where it has no values, its message.
class Panel {
 public:
  /// The chart, its looks and the style must outlive the panel.
  Panel(const Chart& chart, std::span<const Look> looks, const PanelStyle& style, const PanelPlace& place);

  const Heights& heights() const { return heights_; }
  /// The plot's left edge from that of the panel.
  double left() const { return frame_.plot.x; }
  /// Moves it, so that the plots of panels below each other are level.
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
