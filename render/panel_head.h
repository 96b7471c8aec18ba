#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "render/canvas.h"
#include "render/chart.h"
#include "render/heights.h"
#include "render/legend.h"
#include "render/looks.h"
#include "render/panel_style.h"

namespace rhoam::render {

/// Title, legend and name of the y axis, above the plot of a chart.
class PanelHead {
 public:
  /// All must outlive the head.
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

}  // namespace rhoam::render
