#include "render/track.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rhoam::render {

double Track::column(double value) const {
  const double length = high - low;
  if (std::isnan(value) || !std::isfinite(length) || length <= 0)
    return std::numeric_limits<double>::quiet_NaN();
  return room.x + room.width * ((std::clamp(value, low, high) - low) / length);
}

void paint_track(Canvas& canvas, const Track& track, Color color) {
  canvas.fill_rounded(track.room, std::min(track.room.width, track.room.height) / 2, color);
}

void paint_span(Canvas& canvas, const Track& track, double from, double to, Color color) {
  const auto [left, right] = std::minmax({track.column(from), track.column(to)});
  if (std::isnan(left) || std::isnan(right)) return;
  const Rect bar{left, track.room.y, right - left, track.room.height};
  canvas.fill_rounded(bar, std::min({1.5, bar.width / 2, bar.height / 2}), color);
}

void paint_tick(Canvas& canvas, const Track& track, double value, double overhang, const Stroke& stroke) {
  const double column = track.column(value);
  if (std::isnan(column)) return;
  const Segment tick{{column, track.room.y - overhang}, {column, track.room.bottom() + overhang}};
  canvas.segments({&tick, 1}, stroke);
}

void paint_dot(Canvas& canvas, const Track& track, double value, double diameter, Color color) {
  const Point centre{track.column(value), track.room.y + track.room.height / 2};
  if (!centre.is_gap()) canvas.discs({&centre, 1}, diameter, color);
}

}  // namespace rhoam::render
