#pragma once
#include <cmath>
#include <span>
#include <string>

#include "envs/vector_env.h"

namespace rhoam::envs {

/// Whether a parameter may take this value.
template <class E>
bool allowed(const Param<E>& param, double value) {
  const bool in_range = value >= param.low && value <= param.high;  // false for NaN
  return in_range && (!param.whole || value == std::floor(value));
}

/// Whether an action is one of the space: a whole number in range, or finite components.
bool allowed(const ActionSpace& space, std::span<const float> action);

/// The answer to a wrong name or value: UsageError with the allowed names, the nearest one, or the allowed
/// values.
[[noreturn]] void refuse_param(const std::string& env, std::span<const VectorEnv::ParamInfo> params,
                               const std::string& name, double value);

}  // namespace rhoam::envs
