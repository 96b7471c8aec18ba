#include "rhoam/envs/params.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/perturbations.h"

namespace rhoam::envs {
namespace {

/// "0 to 100 (m/s²)", "whole numbers 0 to 1 (0 off, 1 on)".
std::string range_text(const VectorEnv::ParamInfo& param) {
  return std::string(param.whole ? "whole numbers " : "") + core::format_double(param.low) + " to " +
         core::format_double(param.high) + " (" + param.unit + ")";
}

}  // namespace

bool allowed(const ActionSpace& space, std::span<const float> action) {
  if (!space.discrete()) return std::ranges::all_of(action, [](float value) { return std::isfinite(value); });
  return action[0] >= 0 && action[0] < static_cast<float>(space.n) && action[0] == std::floor(action[0]);
}

void refuse_name(const std::string& env, std::span<const VectorEnv::ParamInfo> params,
                 const std::string& name, const std::string& more) {
  std::vector<std::string> names, texts, others;
  for (const auto& param : params) {
    names.push_back(param.name);
    if (!is_perturbation(param.name)) texts.push_back(param.name + " " + range_text(param));
  }
  for (const auto& param : Perturbations::params()) others.emplace_back(param.name);
  if (!more.empty()) others.push_back(more);
  names.insert(names.end(), others.begin(), others.end());
  throw core::UsageError(env + " has no parameter '" + name + "'" + core::did_you_mean(name, names) +
                         " (it has " + (texts.empty() ? "none of its own" : core::join(texts)) +
                         "; any environment has " + core::join(others) + ")");
}

void refuse_param(const std::string& env, std::span<const VectorEnv::ParamInfo> params,
                  const std::string& name, double value) {
  const auto found = std::ranges::find(params, name, &VectorEnv::ParamInfo::name);
  if (found == params.end()) refuse_name(env, params, name);
  throw core::UsageError(env + ": " + name + " cannot be " + core::format_double(value) +
                         "; allowed: " + range_text(*found));
}

}  // namespace rhoam::envs
