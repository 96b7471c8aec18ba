#include "apps/compare/comparison.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

#include "core/errors.h"
#include "core/text.h"

namespace rhoam::compare {
namespace {

constexpr std::uint64_t kFirstTuningSeed = 1'000'000;

/// "00-memory-8": unlike any other of its list.
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

apps::Experiment Comparison::experiment(const Trial& cell) const {
  const Scenario& scenario = scenarios[cell.scenario];
  auto options = scenario.options;
  put(options, settings[cell.setting].options);
  put(options, scenario.candidates[cell.candidate].options);
  if (cell.stage == Stage::oracle) options = within(scenario.regimes[cell.regime], std::move(options));
  return make_experiment(scenario.env, scenario.algorithm, options, cell.seed);
}

apps::Experiment make_experiment(const std::string& env, const std::string& algorithm,
                                 std::span<const core::GivenOption> given, std::uint64_t seed) {
  const bool drifting = std::ranges::any_of(given, [](const auto& each) { return each.name == "drift"; });
  std::vector<core::GivenOption> rest(given.begin(), given.end());
  const auto compared = std::ranges::find(rest, "algo", &core::GivenOption::name);
  apps::Experiment experiment(env, compared == rest.end() ? algorithm : compared->texts.front(), drifting);
  if (compared != rest.end()) rest.erase(compared);
  core::Options options;
  experiment.describe(options);
  options.take(rest);
  options.apply();
  experiment.drop_tuned_reward_scale(options);
  experiment.seed = seed;
  experiment.eval_every = 0;  // a cell is judged by its training
  return experiment;
}

std::vector<std::string> drifts_of(const Scenario& scenario) {
  const auto drift = std::ranges::find(scenario.options, "drift", &core::GivenOption::name);
  return drift == scenario.options.end() ? std::vector<std::string>{} : drift->texts;
}

std::filesystem::path Comparison::folder(const Trial& cell) const {
  const Scenario& scenario = scenarios[cell.scenario];
  std::filesystem::path path = "cells";
  if (!scenario.name.empty()) path /= folder_name(cell.scenario, scenario.name);
  path /= folder_name(cell.setting, settings[cell.setting].name);
  path /= compare::name(cell.stage);
  if (cell.stage == Stage::oracle) path /= folder_name(cell.regime, scenario.regimes[cell.regime].name);
  if (tunes(cell.scenario)) path /= folder_name(cell.candidate, scenario.candidates[cell.candidate].name);
  return path / fmt::format("seed-{}", cell.seed);
}

std::uint64_t Comparison::seed(Stage stage, int index) const {
  return first_seed + (stage == Stage::final ? 0 : kFirstTuningSeed) + static_cast<std::uint64_t>(index);
}

}  // namespace rhoam::compare
