#include "render/marks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "render/polyline.h"
#include "render/slots.h"

namespace rhoam::render {
namespace {

constexpr double kOutline = 1, kSmall = 0.5625;  // of a dot
// More dots than this hide each other, and outlines would hide them more.
constexpr std::size_t kCrowd = 100;

double value_at(const std::vector<double>& values, std::size_t i) {
  return values.empty() ? std::numeric_limits<double>::quiet_NaN() : values[i];
}

/// One series and where it is painted.
struct Mark {
  Canvas& canvas;
  const Frame& frame;
  const Series& series;
  const Look& look;
  const PanelStyle& style;
  Slot slot;
  double band_alpha = kBandAlpha;

  std::size_t size() const { return series.x.size(); }
  double column(std::size_t i) const {
    return frame.column_at(coordinate(series.x[i], frame.x.log) + slot.offset);
  }
  double slot_pixels() const { return frame.plot.width * slot.width / frame.x.extent.width(); }
  double row(std::size_t i) const { return frame.row(value_at(series.y, i)); }
  Point point(std::size_t i) const { return {column(i), row(i)}; }
  /// An end of the interval; where none is given, the value itself.
  double end_row(const std::vector<double>& ends, std::size_t i) const {
    const double end = value_at(ends.empty() ? series.y : ends, i);
    // An interval that reaches zero has no end on a log axis.
    return frame.y.log && end <= 0 ? frame.plot.bottom() : frame.row(end);
  }
  Point low(std::size_t i) const { return {column(i), end_row(series.low, i)}; }
  Point high(std::size_t i) const { return {column(i), end_row(series.high, i)}; }
};

std::vector<Point> points(const Mark& mark) {
  std::vector<Point> all;
  for (std::size_t i = 0; i < mark.size(); ++i) all.push_back(mark.point(i));
  return all;
}

void paint_band(const Mark& mark) {
  std::vector<Point> above, below;
  const auto paint = [&] {
    auto outline = thinned(above);
    const auto back = thinned(below);
    outline.insert(outline.end(), back.rbegin(), back.rend());
    mark.canvas.fill(outline, mark.look.color.with_alpha(mark.band_alpha));
    above.clear();
    below.clear();
  };
  for (std::size_t i = 0; i < mark.size(); ++i) {
    if (mark.low(i).is_gap() || mark.high(i).is_gap()) {
      paint();
      continue;
    }
    above.push_back(mark.high(i));
    below.push_back(mark.low(i));
  }
  paint();
}

void paint_whiskers(const Mark& mark, const Stroke& stroke) {
  constexpr double kCap = 3;
  std::vector<Segment> spans;
  for (std::size_t i = 0; i < mark.size(); ++i)
    if (const Segment span{mark.low(i), mark.high(i)}; !span.from.is_gap() && !span.to.is_gap())
      spans.push_back(span);
  if (spans.size() > kCrowd) spans = one_for_each_column(spans);
  std::vector<Segment> lines;
  for (const auto& span : spans) {
    lines.push_back(span);
    for (const auto& end : {span.from, span.to})
      lines.push_back({{end.x - kCap, end.y}, {end.x + kCap, end.y}});
  }
  mark.canvas.segments(lines, stroke);
}

void paint_bars(const Mark& mark) {
  constexpr double kFilled = 0.88;
  const double slot = mark.slot_pixels(), width = std::max(1.0, kFilled * slot), foot = mark.frame.foot();
  auto tops = points(mark);
  std::erase_if(tops, [](Point p) { return p.is_gap(); });
  if (slot < 1) tops = thinned(tops);
  std::vector<Rect> bars;
  for (const auto& top : tops)
    bars.push_back({top.x - width / 2, std::min(top.y, foot), width, std::abs(top.y - foot)});
  mark.canvas.fill(bars, mark.look.color);
  if (has_interval(mark.series)) paint_whiskers(mark, {.color = mark.style.colors.text, .width = 1.25});
}

void paint_line(const Mark& mark) {
  const auto all = points(mark);
  for (const auto part : unbroken(all)) {
    const auto line = thinned(part);
    if (line.size() == 1)
      mark.canvas.discs(line, kSmall * mark.style.dot, mark.look.color);
    else
      mark.canvas.line(line, mark.look.stroke(mark.style.line_width));
  }
}

void paint_points(const Mark& mark) {
  const auto dots = distinct_dots(points(mark));
  const bool crowd = dots.size() > kCrowd;
  const double dot = mark.style.dot;
  if (!crowd) mark.canvas.discs(dots, dot + 2 * kOutline, mark.style.colors.paper);
  if (has_interval(mark.series)) paint_whiskers(mark, {.color = mark.look.color, .width = 1.5});
  mark.canvas.discs(dots, crowd ? kSmall * dot : dot, mark.look.color);
}

}  // namespace

bool has_interval(const Series& series) { return !series.low.empty() || !series.high.empty(); }

void paint_dot(Canvas& canvas, Point centre, Color color, const PanelStyle& style) {
  canvas.discs({&centre, 1}, style.dot + 2 * kOutline, style.colors.paper);
  canvas.discs({&centre, 1}, style.dot, color);
}

/// Many bands on top of each other must leave the lines legible.
double band_alpha(const Chart& chart) {
  constexpr double kFew = 2, kFaintest = 0.06;
  const auto bands = static_cast<double>(std::ranges::count_if(chart.series, has_interval));
  return std::clamp(kBandAlpha * kFew / bands, kFaintest, kBandAlpha);
}

void paint_marks(Canvas& canvas, const Chart& chart, std::span<const Look> looks, const Frame& frame,
                 const PanelStyle& style) {
  const auto slots = make_slots(chart, frame);
  const double alpha = band_alpha(chart);
  const auto paint = [&](auto painter, auto... styles) {
    for (std::size_t i = 0; i < chart.series.size(); ++i)
      if (((chart.series[i].style == styles) || ...))
        painter(Mark{canvas, frame, chart.series[i], looks[i], style, slots[i], alpha});
  };
  const auto band = [](const Mark& mark) {
    if (has_interval(mark.series)) paint_band(mark);
  };
  paint(band, Style::line, Style::dashed);
  paint(paint_bars, Style::bars);
  paint(paint_line, Style::line, Style::dashed);
  paint(paint_points, Style::points);
}

}  // namespace rhoam::render
