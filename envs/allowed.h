#pragma once
#include <cstddef>
#include <span>
#include <string>

#include "envs/vector_env.h"

namespace rhoam::envs {

/// Whether the parameter may take its value.
bool allowed(const VectorEnv::ParamInfo& param);

/// Whether an action is one of the space: a whole number in range, or finite components.
bool allowed(const ActionSpace& space, std::span<const float> action);

/// The index of parameter `name`, when `value` is allowed for it. Throws UsageError naming the allowed names
/// or values.
std::size_t checked_param(const std::string& env, std::span<const VectorEnv::ParamInfo> params,
                          const std::string& name, double value);

}  // namespace rhoam::envs
