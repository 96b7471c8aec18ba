#pragma once
#include <span>
#include <vector>

#include "render/canvas.h"
#include "render/chart.h"

namespace rhoam::render {

namespace ink {
inline constexpr Color kText{0.13, 0.13, 0.13};
inline constexpr Color kQuiet{0.33, 0.33, 0.33};  ///< numbers and names of axes
inline constexpr Color kAxis{0.45, 0.45, 0.45};
inline constexpr Color kTick{0.70, 0.70, 0.70};
inline constexpr Color kGrid{0.90, 0.90, 0.90};
inline constexpr Color kChange{0.76, 0.36, 0.16};  ///< warm, unlike the grid: where the world changed
}  // namespace ink

/// What tells a series from the others.
struct Look {
  Color color = {};
  std::vector<double> dashes = {};

  /// Of a line; that of theory is thinner, so that a line below it can be seen.
  Stroke stroke() const { return {color, dashes.empty() ? 2.0 : 1.5, dashes}; }
  /// Dark enough to be read as text.
  Color text_color() const { return color.no_lighter_than(0.45); }
};

/// A look for every series of every chart, after the rules of chart.h.
std::vector<std::vector<Look>> choose_looks(std::span<const Chart> charts);

}  // namespace rhoam::render
