#include "rhoam/render/chart/axis.h"

#include <algorithm>
#include <cmath>

#include "rhoam/render/chart/ticks.h"

namespace rhoam::render {
namespace {

// Keeps the width of any extent finite.
constexpr double kLargest = 1e300;
// Ends that differ by less are rounding errors of one value.
constexpr double kRelativeWidth = 1e-12, kSmallestWidth = 1e-300, kDecades = 1e-9;

double narrowest(const Extent& extent, bool log) {
  if (log) return kDecades;
  return std::max(kSmallestWidth, kRelativeWidth * std::max(std::abs(extent.low), std::abs(extent.high)));
}

}  // namespace

double coordinate(double value, bool log) {
  if (!log) return value;
  return value > 0 ? std::log10(value) : std::numeric_limits<double>::quiet_NaN();
}

void Extent::include(double at) {
  if (!std::isfinite(at)) return;
  at = std::clamp(at, -kLargest, kLargest);
  low = std::min(low, at);
  high = std::max(high, at);
}

void Extent::include(const Extent& other) {
  include(other.low);
  include(other.high);
}

void Extent::pad(double by) {
  low -= by;
  high += by;
}

Extent distinct(Extent extent, bool log) {
  if (extent.empty()) return {0, 1};
  if (extent.width() > narrowest(extent, log)) return extent;
  const double size = std::abs(extent.low);
  extent.pad(log ? std::log10(2.0) : size < kSmallestWidth ? 1 : 0.1 * size);
  return extent;
}

double Scale::position_at(double at) const {
  if (std::isnan(at)) return at;
  return std::clamp((at - extent.low) / extent.width(), 0.0, 1.0);
}

namespace {

bool has(const Chart& chart, Style style) {
  return std::ranges::any_of(chart.series, [&](const Series& series) { return series.style == style; });
}

bool x_is_log(const Chart& chart) { return chart.x.log && chart.x.categories.empty(); }

Extent extent_of(const std::vector<double>& values, bool log) {
  Extent extent;
  for (const double value : values) extent.include(coordinate(value, log));
  return extent;
}

Extent x_extent(const Chart& chart) {
  Extent extent;
  for (const auto& series : chart.series) extent.include(extent_of(series.x, x_is_log(chart)));
  for (const auto& mark : chart.landmarks) extent.include(coordinate(mark.x, x_is_log(chart)));
  return extent;
}

}  // namespace

double bar_spacing(const Chart& chart) {
  if (!chart.x.categories.empty()) return 1;
  std::vector<double> places;
  for (const auto& series : chart.series)
    if (series.style == Style::bars)
      for (const double x : series.x) places.push_back(coordinate(x, x_is_log(chart)));
  std::erase_if(places, [](double at) { return !std::isfinite(at); });
  std::ranges::sort(places);
  double spacing = distinct(x_extent(chart), x_is_log(chart)).width();
  for (std::size_t i = 1; i < places.size(); ++i)
    if (places[i] > places[i - 1]) spacing = std::min(spacing, places[i] - places[i - 1]);
  return spacing;
}

Scale x_scale(const Chart& chart) {
  const bool log = x_is_log(chart);
  Extent extent = x_extent(chart);
  if (const auto count = static_cast<double>(chart.x.categories.size()); count > 0) {
    extent.include(Extent{-0.5, count - 0.5});
    return {extent, log};
  }
  extent = distinct(extent, log);
  constexpr double kRoomForPoints = 0.03, kPowersEnough = 2;
  if (has(chart, Style::bars))
    extent.pad(bar_spacing(chart) / 2);
  else if (has(chart, Style::points))
    extent.pad(kRoomForPoints * extent.width());
  else if (log && extent.width() < kPowersEnough)
    extent = rounded(extent, log, kRowSteps);
  return {extent, log};
}

Scale y_scale(const Chart& chart, int steps) {
  const bool log = chart.y.log;
  Extent extent;
  for (const auto& series : chart.series)
    for (const auto* values : {&series.y, &series.low, &series.high}) extent.include(extent_of(*values, log));
  extent.include(extent_of(chart.levels, log));
  if (has(chart, Style::bars)) {
    // The smallest bar must be visible: it starts at zero, on a log axis at half its value.
    extent.include(log ? extent.low - std::log10(2.0) : 0);
  }
  return {rounded(distinct(extent, log), log, steps), log};
}

}  // namespace rhoam::render
