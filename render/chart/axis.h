#pragma once
#include <limits>

#include "rhoam/render/canvas/geometry.h"
#include "rhoam/render/chart/chart.h"

namespace rhoam::render {

/// Coordinate of a value on an axis: the value, on a log axis its decimal logarithm. NaN if it has none.
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

/// The extent, widened if it is empty or too narrow to show.
Extent distinct(Extent extent, bool log);

/// The part of a number line that an axis shows.
struct Scale {
  Extent extent;
  bool log = false;

  /// 0 at the low end, 1 at the high end, infinity at the nearer of them; NaN for NaN and, on a log axis, for
  /// non-positive values.
  double position(double value) const { return position_at(coordinate(value, log)); }
  double position_at(double coordinate) const;
};

/// The rectangle of a plot and the ranges of values that it spans.
struct Frame {
  Rect plot;
  Scale x, y;

  /// Pixel position of a value; NaN if it has none.
  double column(double value) const { return column_at(coordinate(value, x.log)); }
  double column_at(double coordinate) const { return plot.x + plot.width * x.position_at(coordinate); }
  double row(double value) const { return plot.bottom() - plot.height * y.position(value); }
  /// The row of the foot of bars: zero, or the edge nearest to it.
  double foot() const { return y.log ? plot.bottom() : row(0); }
  double row_at(double coordinate) const { return plot.bottom() - plot.height * y.position_at(coordinate); }
};

/// Most steps between the labels of a y axis on a page.
inline constexpr int kRowSteps = 7;

/// Scales that span everything a chart shows, bars with their foot at zero. An axis with categories is
/// linear.
Scale x_scale(const Chart& chart);
/// `steps`: the most steps between its labels.
Scale y_scale(const Chart& chart, int steps = kRowSteps);

/// The distance between neighbouring bars, in coordinates of x.
double bar_spacing(const Chart& chart);

}  // namespace rhoam::render
