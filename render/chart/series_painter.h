#pragma once
#include <span>
#include <vector>

#include "rhoam/render/canvas/canvas.h"
#include "rhoam/render/canvas/geometry.h"
#include "rhoam/render/chart/axis.h"
#include "rhoam/render/chart/chart.h"
#include "rhoam/render/chart/chart_style.h"
#include "rhoam/render/chart/series_style.h"

namespace rhoam::render {

/// Offset and width of a series at its x, in coordinates: bars of several series at the same x are placed
/// side by side, as are points over categories.
struct Slot {
  double offset = 0;  ///< of the middle
  double width = 0;
};

/// A slot for every series.
std::vector<Slot> make_slots(const Chart& chart, const Frame& frame);

/// The parts of a line between its points that are gaps.
std::vector<std::span<const Point>> unbroken(std::span<const Point> line);

/// A line without gaps, reduced to its visible points: of those in the same column of pixels the first, the
/// lowest, the highest and the last, without repeating one (the M4 aggregation of Jugel et al. 2014).
std::vector<Point> thinned(std::span<const Point> line);

/// The points that are not gaps, in order; of thousands, one per cell of two pixels.
std::vector<Point> distinct_dots(std::span<const Point> points);

/// Vertical segments, merged to one per column of pixels.
std::vector<Segment> one_for_each_column(std::span<const Segment> segments);

inline constexpr double kBandAlpha = 0.2;

bool has_interval(const Series& series);

/// Paints a disc in the style of points.
void paint_dot(Canvas& canvas, Point centre, Color color, const PanelStyle& style);

/// Paints all series of a chart, from back to front: bands, bars, lines, points.
void paint_marks(Canvas& canvas, const Chart& chart, std::span<const Look> looks, const Frame& frame,
                 const PanelStyle& style);

}  // namespace rhoam::render
