#pragma once
#include <limits>

namespace rhoam::core {

/// A number that is not there, in every table, log and figure: test it with std::isnan.
inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

}  // namespace rhoam::core
