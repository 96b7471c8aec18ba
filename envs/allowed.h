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

/// The answer to a wrong name: UsageError with the nearest one, all parameters with their ranges and units,
/// and the perturbations; `more` is a further name that is allowed.
[[noreturn]] void refuse_name(const std::string& env, std::span<const VectorEnv::ParamInfo> params,
                              const std::string& name, const std::string& more = "");

/// The answer to a wrong name or value: as refuse_name, or UsageError with the allowed values.
[[noreturn]] void refuse_param(const std::string& env, std::span<const VectorEnv::ParamInfo> params,
                               const std::string& name, double value);

}  // namespace rhoam::envs
