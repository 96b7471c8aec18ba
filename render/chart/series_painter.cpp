#include "rhoam/render/chart/series_painter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>
#include <vector>

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

namespace {

bool is_gap(const Point& p) { return p.is_gap(); }

double column(const Point& p) { return std::floor(p.x); }

/// Appends the first, lowest, highest and last of the points in one column.
void append_extremes(std::span<const Point> run, std::vector<Point>& kept) {
  const auto [top, bottom] = std::ranges::minmax_element(run, {}, &Point::y);
  const auto last = run.end() - 1;
  for (auto p = run.begin(); p != run.end(); ++p) {
    const bool is_extreme = p == run.begin() || p == top || p == bottom || p == last;
    if (is_extreme && (kept.empty() || *p != kept.back())) kept.push_back(*p);
  }
}

}  // namespace

std::vector<std::span<const Point>> unbroken(std::span<const Point> line) {
  std::vector<std::span<const Point>> parts;
  for (auto begin = line.begin(); begin != line.end();) {
    begin = std::find_if_not(begin, line.end(), is_gap);
    const auto end = std::find_if(begin, line.end(), is_gap);
    if (begin != end) parts.emplace_back(begin, end);
    begin = end;
  }
  return parts;
}

std::vector<Point> thinned(std::span<const Point> line) {
  std::vector<Point> kept;
  for (auto begin = line.begin(); begin != line.end();) {
    const auto end =
        std::find_if(begin, line.end(), [&](const Point& p) { return column(p) != column(*begin); });
    append_extremes({begin, end}, kept);
    begin = end;
  }
  return kept;
}

std::vector<Point> distinct_dots(std::span<const Point> points) {
  constexpr std::size_t kThousands = 2000;
  const double cells_per_pixel = points.size() > kThousands ? 0.5 : 8;
  std::set<std::pair<double, double>> taken;
  std::vector<Point> kept;
  for (const auto& p : points)
    if (!p.is_gap() &&
        taken.emplace(std::round(p.x * cells_per_pixel), std::round(p.y * cells_per_pixel)).second)
      kept.push_back(p);
  return kept;
}

std::vector<Segment> one_for_each_column(std::span<const Segment> segments) {
  std::map<double, Segment> columns;
  for (const auto& segment : segments) {
    Segment& united = columns.try_emplace(column(segment.from), segment).first->second;
    united.from.y = std::max(united.from.y, segment.from.y);
    united.to.y = std::min(united.to.y, segment.to.y);
  }
  std::vector<Segment> all;
  for (const auto& [place, segment] : columns) all.push_back(segment);
  return all;
}

namespace {

constexpr double kOutline = 1, kSmall = 0.5625;  // of a dot
// More dots than this hide each other, and outlines would hide even more.
constexpr std::size_t kCrowd = 100;

double value_at(const std::vector<double>& values, std::size_t i) {
  return values.empty() ? std::numeric_limits<double>::quiet_NaN() : values[i];
}

/// One series and the frame in which it is painted.
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
  /// An end of the interval; if none is given, the value itself.
  double end_row(const std::vector<double>& ends, std::size_t i) const {
    const double end = value_at(ends.empty() ? series.y : ends, i);
    // An interval that reaches zero has no lower end on a log axis.
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

/// Opacity of bands, lower if there are many, so that lines stay legible.
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
