#include "render/slots.h"

#include <algorithm>

namespace rhoam::render {
namespace {

std::vector<std::size_t> members(const Chart& chart, Style style) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < chart.series.size(); ++i)
    if (chart.series[i].style == style) indices.push_back(i);
  return indices;
}

/// Puts the series side by side, centred.
void share(const std::vector<std::size_t>& series, double width, std::vector<Slot>& slots) {
  const auto count = static_cast<double>(series.size());
  for (std::size_t k = 0; k < series.size(); ++k)
    slots[series[k]] = {(static_cast<double>(k) + 0.5 - count / 2) * width, width};
}

}  // namespace

std::vector<Slot> make_slots(const Chart& chart, const Frame& frame) {
  constexpr double kFilled = 0.8, kWidestBar = 56, kWidestGap = 28;
  std::vector<Slot> slots(chart.series.size());
  const double pixel = frame.x.extent.width() / frame.plot.width, room = kFilled * bar_spacing(chart);
  const auto bars = members(chart, Style::bars), points = members(chart, Style::points);
  const auto width = [&](std::size_t count, double widest) {
    return std::min(room / static_cast<double>(std::max<std::size_t>(1, count)), widest * pixel);
  };
  share(bars, width(bars.size(), kWidestBar), slots);
  if (points.size() > 1 && !chart.x.categories.empty())
    share(points, width(points.size(), bars.empty() ? kWidestGap : kWidestBar), slots);
  return slots;
}

}  // namespace rhoam::render
