#pragma once
#include <limits>

namespace rhoam::core {

/// A missing number in any table, log or figure; test for it with std::isnan.
inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

}  // namespace rhoam::core
