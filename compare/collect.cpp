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
#include "rhoam/training/optimizer_metrics.h"

namespace rhoam::compare {
namespace {

namespace fs = std::filesystem;

/// The return at which an environment counts as solved; missing where it never does.
double threshold_of(const std::string& env) {
  const double threshold = envs::find_env(env).spec().reward_threshold;
  return std::isfinite(threshold) ? threshold : kMissing;
}

/// One column of a file of every seed over its first column; nothing where the file or the column is missing.
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

/// The rate with which both networks train throughout; nothing where there is no such number.
std::optional<double> only_rate(const training::Experiment& experiment) {
  const auto &actor = experiment.plan->actor_optimizer(), &critic = experiment.plan->critic_optimizer();
  if (!actor.lr.constant() || !critic.lr.constant()) return {};
  const double rate = actor.lr.levels()[0] * actor.lr_factor;
  return rate == critic.lr.levels()[0] * critic.lr_factor ? std::optional(rate) : std::nullopt;
}

/// The tuned options of a cell; a factor of the rate as the rate that it comes to.
Assignments tuned_options(const Comparison& comparison, const Trial& cell) {
  auto tuned = assignments_of(comparison.scenarios[cell.scenario].candidates[cell.candidate]);
  if (std::ranges::find(tuned, "lr", &Assignment::option) != tuned.end()) return tuned;
  for (auto& [option, value] : tuned)
    if (option == "lr-factor")
      if (const auto rate = only_rate(comparison.experiment(cell)))
        option = "lr", value = fmt::format("{:.6g}", *rate);
  return tuned;
}

/// Collects one comparison, cell by cell.
class Gathering {
 public:
  Gathering(const Comparison& comparison, Ledger& ledger) : comparison_(comparison), ledger_(ledger) {
    for (int scenario = 0; scenario < std::ssize(comparison.scenarios); ++scenario)
      oracle_.push_back(oracle_levels(comparison, ledger, scenario));
  }

  SettingEvidence setting(int scenario, int index) {
    const int chosen = *ledger_.chosen(scenario, index);
    SettingEvidence evidence{.name = comparison_.settings[index].name,
                             .options = assignments_of(comparison_.settings[index]),
                             .tuned = tuned_options(comparison_, {scenario, index, chosen, Stage::final, 0}),
                             .cells = {},
                             .score = {},
                             .score_around = {},
                             .memory_around = {},
                             .root_v_around = {}};
    std::vector<fs::path> folders;
    for (int seed = 0; seed < comparison_.seeds; ++seed) {
      const Trial cell{scenario, index, chosen, Stage::final, comparison_.seed(Stage::final, seed)};
      folders.push_back(ledger_.folder(cell));
      evidence.cells.push_back(result(cell));
    }
    add_oracle_regret(scenario, folders, evidence.cells);
    const char* score = comparison_.score.higher_is_better ? "rollout/last_ep_rew" : "rollout/regret";
    evidence.score = read_series(folders, "metrics.csv", core::kStepsColumn, score);
    evidence.score_around = read_series(folders, "changes.csv", "offset", "score");
    evidence.memory_around = read_series(folders, "changes.csv", "offset", "memory");
    evidence.root_v_around = read_series(folders, "changes.csv", "offset", "root_v");
    return evidence;
  }

  /// Environment steps at which the drifts of the first seed jumped, by the first setting's drift.csv.
  std::vector<double> changes(int scenario) {
    const Trial cell{scenario, 0, *ledger_.chosen(scenario, 0), Stage::final,
                     comparison_.seed(Stage::final, 0)};
    const auto file = ledger_.folder(cell) / "drift.csv";
    if (!fs::exists(file)) return {};
    auto steps = core::read_columns(file)[core::kStepsColumn];
    if (!steps.empty()) steps.erase(steps.begin());  // the start is no change
    return steps;
  }

  /// What made the cells.
  std::vector<std::string> versions() {
    std::set<std::string> all;
    for (std::size_t index = 0; index < ledger_.cells().size(); ++index)
      all.insert(result(*ledger_.resolved(index)).version);
    return {all.begin(), all.end()};
  }

  std::vector<TuningRow> tuning() {
    std::vector<TuningRow> rows;
    for (std::size_t index = 0; index < ledger_.cells().size(); ++index) {
      const Trial& cell = ledger_.cells()[index];
      if (cell.stage == Stage::oracle || !comparison_.tunes(cell.scenario)) continue;
      if (cell.candidate == Ledger::kUnchosen) continue;
      rows.push_back({.scenario = comparison_.scenarios[cell.scenario].name,
                      .setting = comparison_.settings[cell.setting].name,
                      .candidate = tuned_options(comparison_, cell),
                      .seed = cell.seed,
                      .stage = name(cell.stage),
                      .score = result(cell).score});
    }
    return rows;
  }

 private:
  void add_oracle_regret(int scenario, const std::vector<fs::path>& folders, std::vector<CellResult>& cells) {
    const auto& levels = oracle_[scenario];
    for (std::size_t i = 0; i < cells.size() && !levels.empty(); ++i)
      cells[i].oracle_regret = oracle_return(comparison_.scenarios[scenario], levels,
                                             folders[i] / "drift.csv", static_cast<double>(cells[i].steps)) -
                               cells[i].return_mean;
  }

  /// Read and checked once.
  const CellResult& result(const Trial& cell) {
    const auto [at, fresh] = results_.try_emplace(ledger_.folder(cell));
    if (fresh) at->second = read_result(at->first, cell.seed);
    return at->second;
  }

  const Comparison& comparison_;
  Ledger& ledger_;
  std::vector<std::vector<double>> oracle_;  ///< [scenario, regime]
  std::map<fs::path, CellResult> results_;   ///< by folder
};

/// Where the rules of matching would land under a scenario's drifts; nothing where they cannot.
std::vector<TheoryMark> marks(const Scenario& scenario, const agents::Networks& networks) {
  std::vector<TheoryMark> found;
  for (const char* rule : {"match", "match:optimal"}) try {
      auto options = scenario.options;
      put(options, std::vector<core::GivenOption>{{"rho", {rule}}});
      training::Experiment experiment = make_experiment(scenario.env, scenario.algorithm, options, 0);
      const auto world = training::make_world(experiment, nullptr);
      const auto agent = training::make_agent(experiment, world.env->spec(), networks, nullptr);
      found.push_back({rule, 1 / (1 - training::first_rho(*agent))});
    } catch (const core::UsageError&) {  // no timescale to match
    }
  return found;
}

std::string number(double value) { return std::isfinite(value) ? core::format_double(value) : ""; }

}  // namespace

Evidence gather(const Comparison& comparison, Ledger& ledger, const agents::Networks& networks) {
  Gathering gathering(comparison, ledger);
  const bool tunes = std::ranges::any_of(comparison.scenarios,
                                         [](const Scenario& each) { return each.candidates.size() > 1; });
  const bool compares_algorithms =
      std::ranges::count(comparison.settings.front().options, "algo", &core::GivenOption::name) > 0;
  Evidence evidence{.name = comparison.name,
                    .question = comparison.question,
                    .command = comparison.command,
                    .config = comparison.config,
                    .versions = gathering.versions(),
                    .score = comparison.score,
                    .reference = comparison.reference,
                    .tuning_seeds = tunes ? comparison.tuning_seeds : 0,
                    .scenarios = {},
                    .tuning = gathering.tuning()};
  for (int index = 0; index < std::ssize(comparison.scenarios); ++index) {
    const Scenario& scenario = comparison.scenarios[index];
    evidence.scenarios.push_back({.name = scenario.name,
                                  .env = scenario.env,
                                  .algorithm = compares_algorithms ? "" : scenario.algorithm,
                                  .drifts = drifts_of(scenario),
                                  .changes = gathering.changes(index),
                                  .marks = marks(scenario, networks),
                                  .threshold = threshold_of(scenario.env),
                                  .settings = {}});
    for (int setting = 0; setting < std::ssize(comparison.settings); ++setting)
      evidence.scenarios.back().settings.push_back(gathering.setting(index, setting));
  }
  return evidence;
}

std::string results_csv(const Evidence& evidence) {
  std::vector<std::string> names{"scenario", "setting", "tuned", "seed"};
  for (const auto& field : kResultNumbers) names.emplace_back(field.name);
  for (const auto& field : kResultCounts) names.emplace_back(field.name);
  std::string text = core::csv_line(names);
  for (const auto& scenario : evidence.scenarios)
    for (const auto& setting : scenario.settings)
      for (const auto& cell : setting.cells) {
        std::vector<std::string> row{scenario.name, setting.name, to_string(setting.tuned),
                                     std::to_string(cell.seed)};
        for (const auto& field : kResultNumbers) row.push_back(number(cell.*field.value));
        for (const auto& field : kResultCounts) row.push_back(std::to_string(cell.*field.value));
        text += core::csv_line(row);
      }
  return text;
}

std::string tuning_csv(const Evidence& evidence) {
  std::string text = "scenario,setting,candidate,stage,seed,score\n";
  for (const auto& row : evidence.tuning)
    text += core::csv_line({row.scenario, row.setting, to_string(row.candidate), row.stage,
                            std::to_string(row.seed), number(row.score)});
  return text;
}

}  // namespace rhoam::compare
