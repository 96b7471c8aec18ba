#include "rhoam/compare/collect.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "rhoam/compare/oracle.h"
#include "rhoam/compare/results.h"
#include "rhoam/core/csv.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/registry.h"

namespace rhoam::compare {
namespace {

namespace fs = std::filesystem;

/// The return at which an environment counts as solved; missing where it never does.
double threshold_of(const std::string& env) {
  const double threshold = envs::find_env(env).spec().reward_threshold;
  return std::isfinite(threshold) ? threshold : kMissing;
}

/// One column of every seed's file over its column `x`, without the files that are missing. Throws
/// CorruptError when a column is missing.
Series read_series(const std::vector<fs::path>& folders, const char* file, const char* x,
                   const std::string& column) {
  Series series;
  for (const auto& folder : folders) {
    if (!fs::exists(folder / file)) continue;
    auto columns = core::read_columns(folder / file);
    if (!columns.contains(x) || !columns.contains(column))
      throw core::CorruptError(fmt::format("'{}' has no column {}", (folder / file).string(), column));
    if (series.x.empty()) series.x = columns[x];
    columns[column].resize(series.x.size(), std::nan(""));
    series.seeds.push_back(std::move(columns[column]));
  }
  return series;
}

/// The tuned options of a trial; a factor of the rate becomes the resulting rate.
Assignments tuned_options(const Comparison& comparison, const Trial& trial, double learning_rate) {
  auto tuned = comparison.scenarios[trial.scenario].candidates[trial.candidate].options;
  if (std::ranges::find(tuned, "lr", &Assignment::option) != tuned.end()) return tuned;
  for (auto& [option, value] : tuned)
    if (option == "lr-factor" && !std::isnan(learning_rate))
      option = "lr", value = fmt::format("{:.6g}", learning_rate);
  return tuned;
}

/// Collects one comparison, trial by trial.
class Collector {
 public:
  Collector(const Comparison& comparison, TrialStore& store) : comparison_(comparison), store_(store) {
    for (int scenario = 0; scenario < std::ssize(comparison.scenarios); ++scenario)
      oracle_.push_back(oracle_levels(comparison, store, scenario));
  }

  SettingResults setting(int scenario, int index) {
    const int chosen = *store_.chosen(scenario, index);
    SettingResults results{.name = comparison_.settings[index].name,
                           .options = comparison_.settings[index].options,
                           .tuned = {},
                           .chosen = chosen,
                           .trials = {},
                           .score = {},
                           .score_around = {},
                           .memory_around = {},
                           .root_v_around = {}};
    std::vector<fs::path> folders;
    for (int seed = 0; seed < comparison_.seeds; ++seed) {
      const Trial trial{scenario, index, chosen, Stage::final, comparison_.seed(Stage::final, seed)};
      folders.push_back(store_.folder(trial));
      results.trials.push_back(result(trial));
    }
    results.tuned = tuned_options(comparison_, {scenario, index, chosen, Stage::final, 0},
                                  results.trials.front().learning_rate);
    add_oracle_regret(scenario, folders, results.trials);
    const char* score = comparison_.score.higher_is_better ? "rollout/last_ep_rew" : "rollout/regret";
    results.score = read_series(folders, "metrics.csv", core::kStepsColumn, score);
    results.score_around = read_series(folders, "changes.csv", "offset", "score");
    results.memory_around = read_series(folders, "changes.csv", "offset", "memory");
    results.root_v_around = read_series(folders, "changes.csv", "offset", "root_v");
    return results;
  }

  /// Environment steps at which the drifts of the first seed jumped, by the first setting's drift.csv.
  std::vector<double> changes(int scenario) {
    const Trial trial{scenario, 0, *store_.chosen(scenario, 0), Stage::final,
                      comparison_.seed(Stage::final, 0)};
    const auto file = store_.folder(trial) / "drift.csv";
    if (!fs::exists(file)) return {};
    auto steps = core::read_columns(file)[core::kStepsColumn];
    if (!steps.empty()) steps.erase(steps.begin());  // the start is not a change
    return steps;
  }

  /// The versions that ran the trials.
  std::vector<std::string> versions() {
    std::set<std::string> all;
    for (std::size_t index = 0; index < store_.trials().size(); ++index)
      all.insert(result(*store_.resolved(index)).version);
    return {all.begin(), all.end()};
  }

  std::vector<TuningRow> tuning() {
    std::vector<TuningRow> rows;
    for (std::size_t index = 0; index < store_.trials().size(); ++index) {
      const Trial& trial = store_.trials()[index];
      if (trial.stage == Stage::oracle || !comparison_.tunes(trial.scenario)) continue;
      if (trial.candidate == TrialStore::kUnchosen) continue;
      rows.push_back({.scenario = comparison_.scenarios[trial.scenario].name,
                      .setting = comparison_.settings[trial.setting].name,
                      .number = trial.candidate,
                      .candidate = tuned_options(comparison_, trial, result(trial).learning_rate),
                      .seed = trial.seed,
                      .stage = trial.stage,
                      .score = result(trial).score});
    }
    return rows;
  }

 private:
  void add_oracle_regret(int scenario, const std::vector<fs::path>& folders,
                         std::vector<TrialResult>& trials) {
    const auto& levels = oracle_[scenario];
    for (std::size_t i = 0; i < trials.size() && !levels.empty(); ++i)
      trials[i].oracle_regret =
          oracle_return(comparison_.scenarios[scenario], levels, folders[i] / "drift.csv",
                        static_cast<double>(trials[i].steps)) -
          trials[i].return_mean;
  }

  /// The result of a trial, read and checked once.
  const TrialResult& result(const Trial& trial) {
    const auto [at, fresh] = results_.try_emplace(store_.folder(trial));
    if (fresh) at->second = read_result(at->first, trial.seed);
    return at->second;
  }

  const Comparison& comparison_;
  TrialStore& store_;
  std::vector<std::vector<double>> oracle_;  ///< [scenario, regime]
  std::map<fs::path, TrialResult> results_;  ///< by folder
};

std::string number(double value) { return std::isfinite(value) ? core::format_double(value) : ""; }

}  // namespace

Results collect(const Comparison& comparison, TrialStore& store) {
  Collector collector(comparison, store);
  const bool tunes = std::ranges::any_of(comparison.scenarios,
                                         [](const Scenario& each) { return each.candidates.size() > 1; });
  const bool compares_algorithms =
      std::ranges::count(comparison.settings.front().options, "algo", &Assignment::option) > 0;
  Results results{.name = comparison.name,
                  .question = comparison.question,
                  .command = comparison.command,
                  .config = comparison.config,
                  .versions = collector.versions(),
                  .score = comparison.score,
                  .reference = comparison.reference,
                  .tuning_seeds = tunes ? comparison.tuning_seeds : 0,
                  .scenarios = {},
                  .tuning = collector.tuning()};
  for (int index = 0; index < std::ssize(comparison.scenarios); ++index) {
    const Scenario& scenario = comparison.scenarios[index];
    results.scenarios.push_back({.name = scenario.name,
                                 .env = scenario.env,
                                 .algorithm = compares_algorithms ? "" : scenario.algorithm,
                                 .drifts = drifts_of(scenario),
                                 .changes = collector.changes(index),
                                 .marks = {},
                                 .threshold = threshold_of(scenario.env),
                                 .settings = {}});
    for (int setting = 0; setting < std::ssize(comparison.settings); ++setting)
      results.scenarios.back().settings.push_back(collector.setting(index, setting));
    results.scenarios.back().marks = results.scenarios.back().settings.front().trials.front().marks;
  }
  return results;
}

std::string results_csv(const Results& results) {
  std::vector<std::string> names{"scenario", "setting", "tuned", "seed"};
  for (const auto& field : kResultNumbers) names.emplace_back(field.name);
  for (const auto& field : kResultCounts) names.emplace_back(field.name);
  std::string text = core::csv_line(names);
  for (const auto& scenario : results.scenarios)
    for (const auto& setting : scenario.settings)
      for (const auto& trial : setting.trials) {
        std::vector<std::string> row{scenario.name, setting.name, to_string(setting.tuned),
                                     std::to_string(trial.seed)};
        for (const auto& field : kResultNumbers) row.push_back(number(trial.*field.value));
        for (const auto& field : kResultCounts) row.push_back(std::to_string(trial.*field.value));
        text += core::csv_line(row);
      }
  return text;
}

std::string tuning_csv(const Results& results) {
  std::string text = "scenario,setting,candidate,stage,seed,score\n";
  for (const auto& row : results.tuning)
    text += core::csv_line({row.scenario, row.setting, to_string(row.candidate), name(row.stage),
                            std::to_string(row.seed), number(row.score)});
  return text;
}

}  // namespace rhoam::compare
