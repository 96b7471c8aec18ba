#include "rhoam/compare/comparison.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/drift.h"

namespace rhoam::compare {
namespace {

constexpr std::size_t kMostRegimes = 16;

bool changes_world(const envs::Drift& drift) {
  return drift.schedule.jumps() && !envs::is_scale(drift.param);
}

/// The values of an option that may be given several times; adds it where it is missing.
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
  if (drifts.empty()) drifts = {""};  // how an empty list is given
  auto& values = texts_of(options, "param");
  for (std::size_t i = 0; i < params.size(); ++i)
    values.push_back(params[i] + "=" + core::format_double(regime.values[i]));
  return options;
}

namespace {

constexpr std::uint64_t kFirstTuningSeed = 1'000'000;

/// "00-memory-8": unique within its list.
std::string folder_name(int index, const std::string& name) {
  return fmt::format("{:02}-{}", index, safe_name(name));
}

}  // namespace

const char* name(Stage stage) {
  switch (stage) {
    case Stage::tuning:
      return "tuning";
    case Stage::final:
      return "final";
    case Stage::oracle:
      return "oracle";
  }
  return "";
}

std::string safe_name(const std::string& name) {
  std::string safe = name.substr(0, 60);
  std::ranges::replace_if(
      safe, [](unsigned char c) { return !std::isalnum(c) && c != '.' && c != '-'; }, '-');
  return safe;
}

void put(std::vector<core::GivenOption>& options, std::span<const core::GivenOption> more) {
  for (const auto& option : more) {
    std::erase_if(options, [&](const auto& old) { return old.name == option.name; });
    options.push_back(option);
  }
}

void assign(std::vector<core::GivenOption>& options, const Assignments& assignments) {
  for (const auto& [option, value] : assignments) {
    if (option != "param") {
      put(options, std::vector<core::GivenOption>{{option, {value}}});
      continue;
    }
    auto& params = texts_of(options, "param");
    const auto name = value.substr(0, value.find('=') + 1);
    std::erase_if(params, [&](const auto& old) { return old.starts_with(name); });
    params.push_back(value);
  }
}

training::TrainingConfig Comparison::config_of(const Trial& trial) const {
  const Scenario& scenario = scenarios[trial.scenario];
  auto options = scenario.options;
  assign(options, settings[trial.setting].options);
  assign(options, scenario.candidates[trial.candidate].options);
  if (trial.stage == Stage::oracle) options = within(scenario.regimes[trial.regime], std::move(options));
  return make_config(scenario.env, scenario.algorithm, options, trial.seed);
}

training::TrainingConfig make_config(const std::string& env, const std::string& algorithm,
                                     std::span<const core::GivenOption> given, std::uint64_t seed) {
  const bool drifting = std::ranges::any_of(given, [](const auto& each) { return each.name == "drift"; });
  std::vector<core::GivenOption> rest(given.begin(), given.end());
  const auto compared = std::ranges::find(rest, "algo", &core::GivenOption::name);
  training::TrainingConfig config(env, compared == rest.end() ? algorithm : compared->texts.front(),
                                  drifting);
  if (compared != rest.end()) rest.erase(compared);
  core::Options options;
  config.describe(options);
  options.take(rest);
  options.apply();
  config.drop_tuned_reward_scale(options);
  config.seed = seed;
  config.eval_every = 0;  // a trial is judged by its training
  return config;
}

std::vector<std::string> drifts_of(const Scenario& scenario) {
  const auto drift = std::ranges::find(scenario.options, "drift", &core::GivenOption::name);
  return drift == scenario.options.end() ? std::vector<std::string>{} : drift->texts;
}

std::filesystem::path Comparison::folder(const Trial& trial) const {
  const Scenario& scenario = scenarios[trial.scenario];
  std::filesystem::path path = "cells";
  if (!scenario.name.empty()) path /= folder_name(trial.scenario, scenario.name);
  path /= folder_name(trial.setting, settings[trial.setting].name);
  path /= compare::name(trial.stage);
  if (trial.stage == Stage::oracle) path /= folder_name(trial.regime, scenario.regimes[trial.regime].name);
  if (tunes(trial.scenario)) path /= folder_name(trial.candidate, scenario.candidates[trial.candidate].name);
  return path / fmt::format("seed-{}", trial.seed);
}

std::uint64_t Comparison::seed(Stage stage, int index) const {
  return first_seed + (stage == Stage::final ? 0 : kFirstTuningSeed) + static_cast<std::uint64_t>(index);
}

}  // namespace rhoam::compare
