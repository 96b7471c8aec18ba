#include "envs/allowed.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/errors.h"
#include "core/text.h"
#include "envs/perturbations.h"

namespace rhoam::envs {
namespace {

/// "0 to 100 m/s^2", "whole numbers 0 to 1 (…)".
template <class Info>
std::string range_text(const Info& param) {
  return std::string(param.whole ? "whole numbers " : "") + core::format_double(param.low) + " to " +
         core::format_double(param.high) + " (" + param.unit + ")";
}

/// Names with their ranges, and the names alone.
struct Choice {
  std::vector<std::string> names, texts;
  template <class Info>
  void add(const Info& param) {
    if (std::ranges::count(names, param.name) > 0) return;
    names.emplace_back(param.name);
    texts.push_back(names.back() + " " + range_text(param));
  }
};

}  // namespace

bool allowed(const ActionSpace& space, std::span<const float> action) {
  if (!space.discrete()) return std::ranges::all_of(action, [](float value) { return std::isfinite(value); });
  return action[0] >= 0 && action[0] < static_cast<float>(space.n) && action[0] == std::floor(action[0]);
}

void refuse_name(const std::string& env, std::span<const VectorEnv::ParamInfo> params,
                 const std::string& name, const std::string& more) {
  Choice choice;
  for (const auto& param : params) choice.add(param);
  for (const auto& param : Perturbations::params()) choice.add(param);
  if (!more.empty()) choice.names.push_back(more), choice.texts.push_back(more);
  throw core::UsageError(env + " has no parameter '" + name + "'" + core::did_you_mean(name, choice.names) +
                         " (it has " + core::join(choice.texts) + ")");
}

void refuse_param(const std::string& env, std::span<const VectorEnv::ParamInfo> params,
                  const std::string& name, double value) {
  const auto found = std::ranges::find(params, name, &VectorEnv::ParamInfo::name);
  if (found == params.end()) refuse_name(env, params, name);
  throw core::UsageError(env + ": " + name + " cannot be " + core::format_double(value) +
                         "; allowed: " + range_text(*found));
}

}  // namespace rhoam::envs
