#pragma once
#include "render/chart.h"
#include "render/geometry.h"
#include "render/scale.h"

namespace rhoam::render {

/// The rectangle of a plot and the values that it spans.
struct Frame {
  Rect plot;
  Scale x, y;

  /// Pixels of a value; NaN where it has no place.
  double column(double value) const { return column_at(coordinate(value, x.log)); }
  double column_at(double coordinate) const { return plot.x + plot.width * x.position_at(coordinate); }
  double row(double value) const { return plot.bottom() - plot.height * y.position(value); }
  /// Where bars stand: zero, or the edge nearest to it.
  double foot() const { return y.log ? plot.bottom() : row(0); }
  double row_at(double coordinate) const { return plot.bottom() - plot.height * y.position_at(coordinate); }
};

/// Steps between the labels of a y axis, at most, on a page.
inline constexpr int kRowSteps = 7;

/// Scales that hold everything a chart shows, bars with their foot at zero. An axis with categories is
/// linear.
Scale x_scale(const Chart& chart);
/// `steps` is a limit on those between its labels.
Scale y_scale(const Chart& chart, int steps = kRowSteps);

/// The distance between neighbouring places of bars, in coordinates of x.
double bar_spacing(const Chart& chart);

}  // namespace rhoam::render
