#include "render/polyline.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace rhoam::render {
namespace {

bool is_gap(const Point& p) { return p.is_gap(); }

double column(const Point& p) { return std::floor(p.x); }

/// Appends the extremes of points in one column.
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

}  // namespace rhoam::render
