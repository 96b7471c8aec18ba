#include "rhoam/compare/oracle.h"

#include <fmt/core.h>

#include <algorithm>

#include "rhoam/compare/trial_store.h"
#include "rhoam/compare/tuning.h"
#include "rhoam/core/csv.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/statistics.h"

namespace rhoam::compare {
namespace {

using Columns = std::map<std::string, std::vector<double>>;

const std::vector<double>& column(const Columns& columns, const std::string& name,
                                  const std::filesystem::path& file) {
  const auto found = columns.find(name);
  if (found == columns.end())
    throw core::CorruptError(fmt::format("'{}' has no column {}", file.string(), name));
  return found->second;
}

}  // namespace

std::vector<double> oracle_levels(const Comparison& comparison, const TrialStore& store, int scenario) {
  const Scenario& tasks = comparison.scenarios[scenario];
  std::vector<std::vector<std::vector<double>>> settled(
      tasks.regimes.size(), std::vector<std::vector<double>>(tasks.candidates.size()));
  for (const Trial& trial : store.trials())
    if (trial.stage == Stage::oracle && trial.scenario == scenario)
      settled[trial.regime][trial.candidate].push_back(read_result(store.folder(trial), trial.seed).settled);
  std::vector<double> levels;
  for (const auto& candidates : settled)
    levels.push_back(core::interquartile_mean(candidates[best_candidate(candidates, true)]));
  return levels;
}

double oracle_return(const Scenario& scenario, std::span<const double> levels,
                     const std::filesystem::path& drift_csv, double total_steps) {
  const auto columns = core::read_columns(drift_csv);
  const auto& steps = column(columns, core::kStepsColumn, drift_csv);
  const auto params = jumping_params(drifts_of(scenario));
  double sum = 0;
  for (std::size_t row = 0; row < steps.size(); ++row) {
    std::vector<double> values;
    for (const auto& param : params) values.push_back(column(columns, param, drift_csv)[row]);
    const auto regime = std::ranges::find(scenario.regimes, values, &Regime::values);
    if (regime == scenario.regimes.end()) return kMissing;
    const double end = row + 1 < steps.size() ? steps[row + 1] : total_steps;
    sum += levels[regime - scenario.regimes.begin()] * (end - steps[row]);
  }
  return sum / total_steps;
}

}  // namespace rhoam::compare
