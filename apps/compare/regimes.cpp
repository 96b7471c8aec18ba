#include "apps/compare/regimes.h"

#include <fmt/core.h>

#include <algorithm>

#include "core/errors.h"
#include "core/text.h"
#include "envs/drift.h"

namespace rhoam::compare {
namespace {

constexpr std::size_t kMostRegimes = 16;

bool changes_world(const envs::Drift& drift) {
  return drift.schedule.jumps() && !envs::is_scale(drift.param);
}

/// The texts of an option that may be given many times.
std::vector<std::string>& texts_of(std::vector<core::GivenOption>& options, const std::string& name) {
  const auto found = std::ranges::find(options, name, &core::GivenOption::name);
  if (found != options.end()) return found->texts;
  return options.emplace_back(core::GivenOption{name, {}}).texts;
}

}  // namespace

std::vector<std::string> jumping_params(std::span<const std::string> drifts) {
  std::vector<std::string> params;
  for (const auto& text : drifts)
    if (const auto drift = envs::parse_drift(text); changes_world(drift)) params.push_back(drift.param);
  return params;
}

std::vector<Regime> regimes_of(std::span<const std::string> drifts) {
  std::vector<Regime> regimes;
  for (const auto& text : drifts) {
    const auto drift = envs::parse_drift(text);
    if (!changes_world(drift)) continue;
    std::vector<Regime> longer;
    for (const auto& regime : regimes.empty() ? std::vector<Regime>(1) : regimes)
      for (const double level : drift.schedule.levels()) {
        longer.push_back(regime);
        longer.back().name +=
            (regime.name.empty() ? "" : ", ") + drift.param + "=" + core::format_double(level);
        longer.back().values.push_back(level);
      }
    regimes = std::move(longer);
    if (regimes.size() > kMostRegimes)
      throw core::UsageError(
          fmt::format("--oracle trains in each of at most {} worlds; the drifts jump "
                      "between more of them",
                      kMostRegimes));
  }
  return regimes;
}

std::vector<core::GivenOption> within(const Regime& regime, std::vector<core::GivenOption> options) {
  auto& drifts = texts_of(options, "drift");
  const auto params = jumping_params(drifts);
  std::erase_if(drifts, [](const auto& text) { return changes_world(envs::parse_drift(text)); });
  if (drifts.empty()) drifts = {""};  // how a list without elements is given
  auto& values = texts_of(options, "param");
  for (std::size_t i = 0; i < params.size(); ++i)
    values.push_back(params[i] + "=" + core::format_double(regime.values[i]));
  return options;
}

}  // namespace rhoam::compare
