#pragma once
#include <cmath>

namespace rhoam::render {

/// A point in a picture, in pixels; y grows downwards.
struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
  /// Whether it stands for a missing value.
  bool is_gap() const { return std::isnan(x) || std::isnan(y); }
};

/// A straight line.
struct Segment {
  Point from, to;
};

/// A rectangle in pixels.
struct Rect {
  double x = 0, y = 0, width = 0, height = 0;
  double right() const { return x + width; }
  double bottom() const { return y + height; }
};

}  // namespace rhoam::render
