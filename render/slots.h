#pragma once
#include <vector>

#include "render/chart.h"
#include "render/frame.h"

namespace rhoam::render {

/// Where a series stands beside its x, in coordinates: bars, and points over categories, of several series
/// share the place of one x.
struct Slot {
  double offset = 0;  ///< of the middle
  double width = 0;
};

/// A slot for every series.
std::vector<Slot> make_slots(const Chart& chart, const Frame& frame);

}  // namespace rhoam::render
