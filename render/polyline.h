#pragma once
#include <span>
#include <vector>

#include "render/geometry.h"

namespace rhoam::render {

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

}  // namespace rhoam::render
