#include "envs/allowed.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/errors.h"
#include "core/text.h"

namespace rhoam::envs {

bool allowed(const ActionSpace& space, std::span<const float> action) {
  if (!space.discrete()) return std::ranges::all_of(action, [](float value) { return std::isfinite(value); });
  return action[0] >= 0 && action[0] < static_cast<float>(space.n) && action[0] == std::floor(action[0]);
}

void refuse_param(const std::string& env, std::span<const VectorEnv::ParamInfo> params,
                  const std::string& name, double value) {
  const auto found = std::ranges::find(params, name, &VectorEnv::ParamInfo::name);
  if (found == params.end()) {
    std::vector<std::string> names;
    for (const auto& param : params) names.push_back(param.name);
    throw core::UsageError(env + " has no parameter '" + name + "'; allowed: " + core::join(names) +
                           core::did_you_mean(name, names));
  }
  throw core::UsageError(env + ": " + name + " cannot be " + core::format_double(value) + "; allowed: " +
                         (found->whole ? "whole numbers " : "") + core::format_double(found->low) + " to " +
                         core::format_double(found->high) + " (" + found->unit + ")");
}

}  // namespace rhoam::envs
