#include "rhoam/tests/compare/sample_results.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rhoam/core/random.h"

namespace rhoam::compare {
namespace {

constexpr double kSteps = 256'000;
constexpr int kReference = 4;

struct Rho {
  const char* name;
  double memory;
};
constexpr Rho kRhos[] = {{"0.333", 1.5},  {"0.667", 3},  {"0.875", 8},           {"0.95", 20}, {"0.99", 99},
                         {"0.9967", 290}, {"match", 72}, {"match:optimal", 2.6}, {"auto", 6}};

struct World {
  const char* name;
  double dwell;        ///< environment steps
  double best_memory;  ///< updates
};
constexpr World kWorlds[] = {{"flip every 200 updates", 25'600, 5}, {"flip every 800 updates", 102'400, 30}};

TrialResult trial(const World& world, const Rho& rho, std::uint64_t seed, core::Stream& draws) {
  const double away = std::log(rho.memory / world.best_memory);
  const double score = 400 - 28 * away * away + 40 * (draws.uniform() - 0.5);
  return {.seed = seed,
          .version = "rhoam 0.1.0",
          .score = score,
          .return_mean = score,
          .recovery = 4000 + 90 * rho.memory + 900 * draws.uniform(),
          .unrecovered = rho.memory > 50 ? 0.25 : 0,
          .lost = 3 + 0.1 * rho.memory + draws.uniform(),
          .below_threshold = std::min(1.0, 0.2 + 0.001 * rho.memory + 0.05 * draws.uniform()),
          .memory = rho.memory,
          .critic_memory = rho.memory,
          .steps = 256'000,
          .updates = 2000,
          .episodes = 900};
}

/// A series of `count` points `spacing` apart of which value(seed, x) is known up to noise.
template <class Value>
Series series(int count, double first, double spacing, const std::vector<TrialResult>& trials,
              core::Stream& draws, Value value) {
  Series all;
  for (int i = 0; i < count; ++i) all.x.push_back(first + spacing * i);
  for (const auto& each : trials) {
    all.seeds.emplace_back();
    for (const double x : all.x) all.seeds.back().push_back(value(each, x) * (0.96 + 0.08 * draws.uniform()));
  }
  return all;
}

SettingResults setting(const World& world, const Rho& rho, int seeds, core::Stream& draws) {
  SettingResults all;
  all.name = rho.name;
  all.options = {{"rho", rho.name}};
  all.tuned = {{"lr", rho.memory < 10 ? "0.03" : "0.01"}};
  all.chosen = rho.memory < 10 ? 1 : 0;
  for (int seed = 0; seed < seeds; ++seed)
    all.trials.push_back(trial(world, rho, static_cast<std::uint64_t>(seed), draws));
  const auto after = [](const TrialResult& each, double since) {
    return each.score * (since < 0 ? 1 : 1 - 0.8 * std::exp(-since / each.recovery));
  };
  constexpr int kPoints = 400;
  all.score =
      series(kPoints, kSteps / kPoints, kSteps / kPoints, all.trials, draws, [&](const auto& each, double x) {
        return x < 3000 ? kMissing : after(each, x < world.dwell ? x : std::fmod(x, world.dwell));
      });
  all.score_around = series(64, -world.dwell / 4, world.dwell / 51, all.trials, draws, after);
  all.memory_around = series(64, -world.dwell / 4, world.dwell / 51, all.trials, draws,
                             [](const auto& each, double) { return each.memory; });
  all.root_v_around =
      series(64, -world.dwell / 4, world.dwell / 51, all.trials, draws, [](const auto& each, double x) {
        return x < 0 ? 0.02 : 0.02 + 0.2 * std::exp(-x / (128 * each.memory));
      });
  return all;
}

ScenarioResults scenario(const World& world, int seeds, core::Stream& draws) {
  ScenarioResults all{.name = world.name,
                      .env = "CartPole-v1",
                      .algorithm = "a2c",
                      .drifts = {fmt::format("action-flip:square:dwell={}", world.dwell)},
                      .changes = {},
                      .marks = {{"match", 72}, {"match:optimal", 2.6}},
                      .settings = {}};
  for (double at = world.dwell; at < kSteps; at += world.dwell) all.changes.push_back(at);
  for (const auto& rho : kRhos) all.settings.push_back(setting(world, rho, seeds, draws));
  return all;
}

std::vector<TuningRow> tuning_of(const ScenarioResults& scenario) {
  std::vector<TuningRow> rows;
  for (const auto& setting : scenario.settings)
    for (int number = 0; number < 2; ++number)
      for (std::uint64_t seed = 1000; seed < 1005; ++seed)
        rows.push_back({scenario.name,
                        setting.name,
                        number,
                        {{"lr", number == 0 ? "0.01" : "0.03"}},
                        seed,
                        Stage::tuning,
                        setting.trials[0].score - (number == setting.chosen ? 0 : 30)});
  return rows;
}

}  // namespace

Results sample_evidence(int seeds) {
  Results results{.name = "cartpole-flip",
                  .question = "Which memory of RMSprop keeps up when CartPole's actions are swapped?",
                  .command = "rhoam compare --suite cartpole-flip --seeds 10",
                  .config = "[compare]\nseeds = 10\nrho = 0.333,0.667,0.875,0.95,0.99,0.9967,match,auto\n",
                  .versions = {"rhoam 0.1.0 (abc1234, GCC 12.2.0, some CPU)"},
                  .score = {.name = "return"},
                  .reference = kReference,
                  .tuning_seeds = 5,
                  .scenarios = {},
                  .tuning = {}};
  core::Stream draws(1);
  for (const auto& world : kWorlds) {
    results.scenarios.push_back(scenario(world, seeds, draws));
    const auto rows = tuning_of(results.scenarios.back());
    results.tuning.insert(results.tuning.end(), rows.begin(), rows.end());
  }
  return results;
}

Results results_with(const std::string& text) {
  Results results = sample_evidence(4);
  results.name = results.question = results.command = results.config = text;
  results.versions = {text};
  results.score.name = text;
  for (auto& scenario : results.scenarios) {
    scenario.name = scenario.env = scenario.algorithm = scenario.drifts[0] = scenario.marks[0].name = text;
    for (auto& setting : scenario.settings) {
      setting.name = text;
      setting.options = setting.tuned = {{text, text}};
    }
  }
  for (auto& row : results.tuning) {
    row.scenario = row.setting = text;
    row.candidate = {{text, text}};
  }
  return results;
}

}  // namespace rhoam::compare
