#pragma once
#include <cstdint>
#include <string>

#include "rhoam/core/schedule.h"

namespace rhoam::test {

inline double at(core::Schedule& schedule, std::int64_t step) { return schedule.at({.steps = step}); }

}  // namespace rhoam::test
