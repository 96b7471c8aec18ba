#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "rhoam/render/canvas/canvas.h"
#include "rhoam/render/canvas/color.h"
#include "rhoam/render/chart/chart.h"

namespace rhoam::render {

/// The colours of a chart except those of its series; the defaults are for white paper.
struct ChartColors {
  Color paper{1, 1, 1};
  Color text{0.13, 0.13, 0.13};
  Color quiet{0.33, 0.33, 0.33};  ///< numbers and names of axes
  Color axis{0.45, 0.45, 0.45};
  Color tick{0.70, 0.70, 0.70};
  Color grid{0.90, 0.90, 0.90};
  Color change{0.76, 0.36, 0.16};  ///< warm, unlike the grid: changes of the world
  Color landmark{0.45, 0.45, 0.45};

  bool on_dark() const { return paper.luma() < 0.5; }
  /// Farther from the paper: darker on white, lighter on black; 0 leaves it unchanged, 1 is black or white.
  Color stronger(Color color, double part) const {
    return on_dark() ? color.lighter(part) : color.darker(part);
  }
  /// Dark enough on white, light enough on black, to be read as text.
  Color legible(Color color) const {
    return on_dark() ? color.no_darker_than(0.55) : color.no_lighter_than(0.45);
  }
};

/// Colour and dashes that distinguish a series from the others.
struct Look {
  Color color = {};
  std::vector<double> dashes = {};

  /// Stroke of a line `width` pixels wide; a dashed one is thinner, so that a line below it remains visible.
  Stroke stroke(double width) const { return {color, dashes.empty() ? width : 0.75 * width, dashes}; }
};

/// Number of colours before they repeat.
inline constexpr std::size_t kPaletteSize = 14;

/// A colour of the palette, as light or dark as the paper requires; numbers beyond its end wrap around.
Color palette_tone(std::size_t number, const ChartColors& colors);

/// A look for every series of every chart, by the rules in chart.h.
std::vector<std::vector<Look>> choose_looks(std::span<const Chart> charts, const ChartColors& colors = {});

}  // namespace rhoam::render
