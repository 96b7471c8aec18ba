#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "apps/compare/quantity.h"
#include "apps/compare/table.h"
#include "apps/compare/tuning.h"

namespace rhoam::compare {
namespace {

std::vector<double> scores_of(const Evidence& evidence, const TuningRow& wanted) {
  std::vector<double> scores;
  for (const auto& row : evidence.tuning)
    if (row.scenario == wanted.scenario && row.setting == wanted.setting && row.stage == wanted.stage &&
        row.candidate == wanted.candidate)
      scores.push_back(row.score);
  return scores;
}

/// The scores of each candidate [candidate][seed], for one setting and stage of a scenario; empty where the
/// setting was not run.
std::vector<std::vector<double>> candidates(const Evidence& evidence, TuningRow wanted,
                                            std::span<const Assignments> names) {
  std::vector<std::vector<double>> scores;
  for (const auto& name : names) {
    wanted.candidate = name;
    scores.push_back(scores_of(evidence, wanted));
  }
  const bool none = std::ranges::all_of(scores, [](const auto& each) { return each.empty(); });
  return none ? std::vector<std::vector<double>>{} : scores;
}

std::string iqm_text(std::span<const double> scores) {
  if (scores.empty()) return "–";
  const double iqm = candidate_iqm(scores);
  return std::isnan(iqm) ? "diverged" : rounded_text(iqm);
}

/// All candidates in the order in which they were tried.
std::vector<Assignments> candidates_of(const Evidence& evidence, const std::string& scenario) {
  std::vector<Assignments> names;
  for (const auto& row : evidence.tuning)
    if (row.scenario == scenario && std::ranges::count(names, row.candidate) == 0)
      names.push_back(row.candidate);
  return names;
}

bool has_final(const Evidence& evidence, const std::string& scenario) {
  return std::ranges::any_of(evidence.tuning, [&](const TuningRow& row) {
    return row.scenario == scenario && row.stage == "final";
  });
}

}  // namespace

Table make_tuning_table(const Evidence& evidence, const ScenarioEvidence& scenario) {
  const bool higher = evidence.score.higher_is_better, with_final = has_final(evidence, scenario.name);
  const auto names = candidates_of(evidence, scenario.name);
  const auto [head, settings] = shortened(scenario.settings);
  Table table{.columns = {{head.empty() ? "setting" : head, false}, {"chosen", false}}, .rows = {}};
  for (const auto& name : names) table.columns.push_back({to_string(name)});
  if (with_final) table.columns.push_back({"best on the final seeds", false});
  for (std::size_t index = 0; index < settings.size(); ++index) {
    const auto& setting = scenario.settings[index];
    TuningRow wanted{.scenario = scenario.name,
                     .setting = setting.name,
                     .candidate = {},
                     .seed = 0,
                     .stage = "tuning",
                     .score = 0};
    const auto tuned = candidates(evidence, wanted, names);
    if (tuned.empty()) continue;
    std::vector<TableCell> row{{settings[index]}, {to_string(setting.tuned)}};
    for (std::size_t i = 0; i < names.size(); ++i)
      row.push_back({iqm_text(tuned[i]), names[i] == setting.tuned});
    wanted.stage = "final";
    const auto final_scores = candidates(evidence, wanted, names);
    if (with_final)
      row.push_back({final_scores.empty() ? "–" : to_string(names[best_candidate(final_scores, higher)])});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace rhoam::compare
