#pragma once
#include <span>
#include <string>
#include <vector>

#include "rhoam/render/canvas/canvas.h"
#include "rhoam/render/canvas/font.h"
#include "rhoam/render/chart/axis.h"
#include "rhoam/render/chart/chart.h"
#include "rhoam/render/chart/chart_style.h"

namespace rhoam::render {

/// The names of a chart's landmarks in rows above the plot, without overlap; a landmark without a name, or
/// without room for it, is only a line.
class Landmarks {
 public:
  Landmarks() = default;
  Landmarks(const Chart& chart, const Frame& frame, const Font& font);
  /// Height in pixels; 0 without names.
  double height() const;
  /// Paints vertical lines through the plot of this frame, with their names.
  void paint(Canvas& canvas, const Frame& frame, const ChartColors& colors) const;

 private:
  struct Place {
    double x;
    std::string name;
    double middle;      ///< pixels from the plot's left edge
    std::size_t level;  ///< 0 is the row next to the plot
  };
  const Font* font_ = nullptr;
  std::size_t rows_ = 0;
  std::vector<Place> places_;
};

/// Paint the changes of a chart, paler the more there are, and its levels.
void paint_changes(Canvas& canvas, std::span<const double> changes, const Frame& frame,
                   const PanelStyle& style);
void paint_levels(Canvas& canvas, std::span<const double> levels, const Frame& frame,
                  const ChartColors& colors);

}  // namespace rhoam::render
