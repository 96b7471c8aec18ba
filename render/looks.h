#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "render/canvas.h"
#include "render/chart.h"
#include "render/chart_colors.h"

namespace rhoam::render {

/// What tells a series from the others.
struct Look {
  Color color = {};
  std::vector<double> dashes = {};

  /// Of a line, this many pixels wide; that of theory is thinner, so that a line below it can be seen.
  Stroke stroke(double width) const { return {color, dashes.empty() ? width : 0.75 * width, dashes}; }
};

/// Colours before they begin again.
inline constexpr std::size_t kPaletteSize = 14;

/// A colour of the palette, as light or dark as the paper wants it; the numbers beyond its end begin again.
Color palette_tone(std::size_t number, const ChartColors& colors);

/// A look for every series of every chart, after the rules of chart.h.
std::vector<std::vector<Look>> choose_looks(std::span<const Chart> charts, const ChartColors& colors = {});

}  // namespace rhoam::render
