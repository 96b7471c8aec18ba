#pragma once
#include <limits>

namespace rhoam::render {

/// Where a value stands on an axis: the value itself, on a log axis its decimal logarithm. NaN where it has
/// no place.
double coordinate(double value, bool log);

/// The coordinates from `low` to `high`.
struct Extent {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  bool empty() const { return low > high; }
  double width() const { return high - low; }
  /// Widens to a coordinate. NaN and infinity do not count; ±1e300 is the largest.
  void include(double at);
  void include(const Extent& other);
  /// Widens both ends.
  void pad(double by);
};

/// The extent, widened where it is empty or so narrow that its ends could not be told apart.
Extent distinct(Extent extent, bool log);

/// The part of a number line that an axis shows.
struct Scale {
  Extent extent;
  bool log = false;

  /// 0 at the low end, 1 at the high end, infinity at the nearest of them; NaN for NaN and, on a log axis,
  /// for what is not positive.
  double position(double value) const { return position_at(coordinate(value, log)); }
  double position_at(double coordinate) const;
};

}  // namespace rhoam::render
