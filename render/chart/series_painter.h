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

/// Where a series stands beside its x, in coordinates: bars, and points over categories, of several series
/// share the place of one x.
struct Slot {
  double offset = 0;  ///< of the middle
  double width = 0;
};

/// A slot for every series.
std::vector<Slot> make_slots(const Chart& chart, const Frame& frame);

/// The parts of a line between its gaps, which are points that are gaps.
std::vector<std::span<const Point>> unbroken(std::span<const Point> line);

/// The line, which has no gaps, with no more points than can be seen: of those in the same column of pixels
/// the first, the lowest, the highest and the last, and none twice in the same place (the M4 aggregation of
/// Jugel et al. 2014).
std::vector<Point> thinned(std::span<const Point> line);

/// The points without gaps, one for each cell of two pixels where there are thousands, in order.
std::vector<Point> distinct_dots(std::span<const Point> points);

/// Upright segments, those in one column of pixels united to one.
std::vector<Segment> one_for_each_column(std::span<const Segment> segments);

inline constexpr double kBandAlpha = 0.2;

bool has_interval(const Series& series);

/// A disc as points have it.
void paint_dot(Canvas& canvas, Point centre, Color color, const PanelStyle& style);

/// All series of a chart, from behind: bands, bars, lines, points.
void paint_marks(Canvas& canvas, const Chart& chart, std::span<const Look> looks, const Frame& frame,
                 const PanelStyle& style);

}  // namespace rhoam::render
