#pragma once
#include <string>
#include <vector>

#include "render/scale.h"

namespace rhoam::render {

/// A marked coordinate.
struct Tick {
  double at;
  std::string label;
};

/// The marks of an axis in rising order; the minor ones of a log axis have no label.
struct Ticks {
  std::vector<Tick> labelled = {};
  std::vector<double> minor = {};
};

/// Round coordinates within a distinct extent (scale.h): multiples of 1, 2 or 5 times a power of ten; on a
/// log axis the powers of ten, or where there are fewer than three of those, 1, 2 and 5 times a power.
/// `max_count`, taken as 3 where it is less, limits the steps between the labelled ones.
Ticks make_ticks(const Extent& extent, bool log, int max_count);

/// The extent, widened so that it begins and ends where such a tick may stand.
Extent rounded(const Extent& extent, bool log, int max_count);

}  // namespace rhoam::render
