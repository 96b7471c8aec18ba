#pragma once
#include <string>
#include <vector>

#include "render/chart.h"

namespace rhoam::compare {

/// A chart without categories as JSON for the script of the report. `shown` are the series, by index, that
/// are visible at first. NaN and infinity become null; numbers have six digits.
std::string to_json(const render::Chart& chart, const std::vector<std::size_t>& shown);

}  // namespace rhoam::compare
