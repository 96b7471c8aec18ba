#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "apps/compare/quantity.h"
#include "apps/compare/table.h"
#include "core/statistics.h"

namespace rhoam::compare {
namespace {

/// The scores of a stage by candidate, for one setting in one scenario.
using Candidates = std::map<std::string, std::vector<double>>;

Candidates candidates(const Evidence& evidence, const std::string& scenario, const std::string& setting,
                      const std::string& stage) {
  Candidates found;
  for (const auto& row : evidence.tuning)
    if (row.scenario == scenario && row.setting == setting && row.stage == stage)
      found[row.candidate].push_back(row.score);
  return found;
}

/// A candidate of which a run diverged is worse than all others.
double iqm(const std::vector<double>& scores, bool higher_is_better) {
  if (std::ranges::any_of(scores, [](double score) { return std::isnan(score); }))
    return higher_is_better ? -INFINITY : INFINITY;
  return core::interquartile_mean(scores);
}

std::string iqm_text(double iqm) { return std::isinf(iqm) ? "diverged" : rounded_text(iqm); }

std::string best(const Candidates& candidates, bool higher_is_better) {
  std::string name;
  double best = NAN;
  for (const auto& [candidate, scores] : candidates) {
    const double score = iqm(scores, higher_is_better);
    if (std::isnan(best) || (higher_is_better ? score > best : score < best)) best = score, name = candidate;
  }
  return name;
}

/// The names of all candidates in the order in which they were tried.
std::vector<std::string> names_of(const Evidence& evidence, const std::string& scenario) {
  std::vector<std::string> names;
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
  const auto names = names_of(evidence, scenario.name);
  Table table{.columns = {{"setting", false}, {"chosen", false}}, .rows = {}};
  for (const auto& name : names) table.columns.push_back({name});
  if (with_final) table.columns.push_back({"best on the final seeds", false});
  for (const auto& setting : scenario.settings) {
    const auto tuned = candidates(evidence, scenario.name, setting.name, "tuning");
    if (tuned.empty()) continue;
    std::vector<Cell> row{{setting.name}, {setting.tuned}};
    for (const auto& name : names) {
      const auto found = tuned.find(name);
      row.push_back(
          {found == tuned.end() ? "–" : iqm_text(iqm(found->second, higher)), name == setting.tuned});
    }
    if (with_final) row.push_back({best(candidates(evidence, scenario.name, setting.name, "final"), higher)});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace rhoam::compare
