#include "rhoam/render/chart/annotations.h"

#include <algorithm>
#include <cmath>

#include "rhoam/render/chart/series_painter.h"

namespace rhoam::render {
namespace {

constexpr double kNameGap = 8;  // between neighbouring names

/// The first row whose names end left of `from`; the number of rows if all are taken.
std::size_t free_row(const std::vector<double>& ends, double from) {
  const auto row = std::ranges::find_if(ends, [&](double end) { return end + kNameGap <= from; });
  return static_cast<std::size_t>(row - ends.begin());
}

}  // namespace

Landmarks::Landmarks(const Chart& chart, const Frame& frame, const Font& font) : font_(&font) {
  constexpr double kLongest = 160;
  constexpr std::size_t kMostRows = 4;
  std::vector<Landmark> sorted = chart.landmarks;
  std::erase_if(sorted, [&](const Landmark& mark) { return !std::isfinite(frame.column(mark.x)); });
  std::ranges::stable_sort(sorted, {}, &Landmark::x);
  std::vector<double> ends(kMostRows, -kLongest);
  for (const auto& [x, name] : sorted) {
    const std::string text = font.shortened(name, kLongest);
    const double half = font.width(text) / 2, column = frame.column(x) - frame.plot.x;
    const double middle = std::clamp(column, half, std::max(half, frame.plot.width - half));
    const std::size_t row = free_row(ends, middle - half);
    if (text.empty() || row == kMostRows) {
      places_.push_back({x, "", middle, 0});
      continue;
    }
    ends[row] = middle + half;
    rows_ = std::max(rows_, row + 1);
    places_.push_back({x, text, middle, row});
  }
}

double Landmarks::height() const {
  return rows_ == 0 ? 0 : static_cast<double>(rows_) * font_->line_height() + kNameGap / 2;
}

void Landmarks::paint(Canvas& canvas, const Frame& frame, const ChartColors& colors) const {
  std::vector<Segment> lines;
  for (const auto& [x, name, middle, row] : places_) {
    const double base = frame.plot.y - kNameGap / 2 - static_cast<double>(row) * font_->line_height();
    const double column = frame.column(x);
    lines.push_back(
        {{column, name.empty() ? frame.plot.y : base + kNameGap / 2}, {column, frame.plot.bottom()}});
    canvas.text({frame.plot.x + middle, base}, name, *font_, colors.quiet, Align::centre);
  }
  canvas.segments(lines, {.color = colors.landmark, .dashes = {3, 3}});
}

void paint_changes(Canvas& canvas, std::span<const double> changes, const Frame& frame,
                   const PanelStyle& style) {
  constexpr double kStrongest = 0.7, kFaintest = 0.1, kFew = 12;
  std::vector<Segment> lines;
  for (const double x : changes) {
    const double at = coordinate(x, frame.x.log);
    if (std::isnan(at) || at < frame.x.extent.low || at > frame.x.extent.high) continue;
    const double column = frame.column_at(at);
    lines.push_back({{column, frame.plot.bottom()}, {column, frame.plot.y}});
  }
  lines = one_for_each_column(lines);
  const double many = static_cast<double>(std::max<std::size_t>(1, lines.size()));
  const double alpha = std::clamp(kStrongest * std::sqrt(kFew / many), kFaintest, kStrongest);
  const Color ink = style.colors.change;
  canvas.segments(lines, {.color = ink.with_alpha(ink.alpha * alpha), .dashes = style.change_dashes});
}

void paint_levels(Canvas& canvas, std::span<const double> levels, const Frame& frame,
                  const ChartColors& colors) {
  std::vector<Segment> lines;
  for (const double y : levels)
    if (const double row = frame.row(y); !std::isnan(row))
      lines.push_back({{frame.plot.x, row}, {frame.plot.right(), row}});
  canvas.segments(lines, {.color = colors.axis, .width = 1.25});
}

}  // namespace rhoam::render
