#include "rhoam/compare/analysis.h"
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "rhoam/compare/best_setting.h"
#include "rhoam/compare/conclusion.h"
#include "rhoam/core/errors.h"

namespace rhoam::compare {
namespace {

constexpr std::size_t kFewestSeeds = 3;

void check(const ScenarioEvidence& scenario, const Evidence& evidence) {
  const auto fail = [&](const std::string& what) {
    throw core::UsageError(fmt::format("scenario '{}' cannot be judged: {}", scenario.name, what));
  };
  const auto& settings = scenario.settings;
  if (settings.size() != evidence.scenarios.front().settings.size()) fail("its settings are not the others'");
  if (evidence.reference < 0 || static_cast<std::size_t>(evidence.reference) >= settings.size())
    fail("the reference is not among its settings");
  for (const auto& setting : settings) {
    if (setting.cells.size() < kFewestSeeds)
      fail(fmt::format(
          "setting '{}' has {} seeds, at least {} are needed; finish the comparison, or raise --seeds",
          setting.name, setting.cells.size(), kFewestSeeds));
    if (!std::ranges::equal(setting.cells, settings.front().cells, {}, &CellResult::seed, &CellResult::seed))
      fail(fmt::format("setting '{}' has other seeds than '{}'; finish the comparison", setting.name,
                       settings.front().name));
  }
}

/// Scores of every setting; a run that diverged has the worst of all, if any has one.
std::vector<Runs> scores_of(const ScenarioEvidence& scenario, bool higher_is_better) {
  std::vector<Runs> scores;
  double worst = kMissing;
  for (const auto& setting : scenario.settings) {
    auto& runs = scores.emplace_back(1).front();
    for (const auto& cell : setting.cells) {
      runs.push_back(std::isfinite(cell.score) ? cell.score : kMissing);
      worst = higher_is_better ? std::fmin(worst, runs.back()) : std::fmax(worst, runs.back());
    }
  }
  for (auto& setting : scores)
    std::ranges::replace_if(
        setting.front(), [](double score) { return std::isnan(score); }, worst);
  return scores;
}

Estimate estimate_of(const SettingEvidence& setting, double CellResult::*quantity) {
  std::vector<double> values;
  for (const auto& cell : setting.cells)
    if (std::isfinite(cell.*quantity)) values.push_back(cell.*quantity);
  return core::estimate_interquartile_mean(values);
}

double geometric_mean(const SettingEvidence& setting, double CellResult::*memory) {
  std::vector<double> logs;
  for (const auto& cell : setting.cells)
    if (std::isfinite(cell.*memory)) logs.push_back(std::log(cell.*memory));
  return std::exp(core::mean(logs));
}

/// All but score and difference.
SettingVerdict describe(const SettingEvidence& setting) {
  SettingVerdict verdict;
  verdict.name = setting.name;
  verdict.options = setting.options;
  verdict.tuned = setting.tuned;
  verdict.n = static_cast<int>(setting.cells.size());
  verdict.diverged = static_cast<int>(std::ranges::count_if(
      setting.cells, [](double score) { return !std::isfinite(score); }, &CellResult::score));
  verdict.memory = geometric_mean(setting, &CellResult::memory);
  verdict.critic_memory = geometric_mean(setting, &CellResult::critic_memory);
  verdict.recovery = estimate_of(setting, &CellResult::recovery);
  verdict.unrecovered = estimate_of(setting, &CellResult::unrecovered);
  verdict.lost = estimate_of(setting, &CellResult::lost);
  verdict.below_threshold = estimate_of(setting, &CellResult::below_threshold);
  verdict.oracle_regret = estimate_of(setting, &CellResult::oracle_regret);
  return verdict;
}

/// Fills scores, differences, the best one and its ties.
void compare_scores(ScenarioVerdict& verdict, const std::vector<Runs>& scores, const Headline& about) {
  auto& settings = verdict.settings;
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (!all_diverged(settings[i])) settings[i].score = core::estimate_interquartile_mean(scores[i]);
  const auto reference = static_cast<std::size_t>(about.reference);
  const auto differences = differences_to(reference, settings, scores, about.score.higher_is_better);
  for (std::size_t i = 0; i < scores.size(); ++i) settings[i].difference = differences[i];
  auto best = find_best(settings, scores, reference, about.score.higher_is_better);
  verdict.best = best.setting;
  if (can_tell(about.pairs, settings.size() - 1) && !std::ranges::all_of(settings, all_diverged))
    verdict.ties = std::move(best.ties);
}

ScenarioVerdict judge_scenario(const ScenarioEvidence& scenario, const std::vector<Runs>& scores,
                               const Evidence& evidence) {
  ScenarioVerdict verdict;
  verdict.name = scenario.name;
  for (const auto& setting : scenario.settings) verdict.settings.push_back(describe(setting));
  Headline about;
  about.score = evidence.score;
  about.reference = evidence.reference;
  about.pairs = verdict.settings.front().n;
  about.sample = fmt::format("{} seeds", about.pairs);
  compare_scores(verdict, scores, about);
  verdict.headline = headline(verdict, about);
  verdict.choice = choice(verdict);
  return verdict;
}

/// Appends a scenario's scores as a stratum, 0 the worst setting's IQM and 1 the best one's.
void append_normalised(std::vector<Runs>& all, const std::vector<Runs>& scores, bool higher_is_better) {
  std::vector<double> values;
  for (const auto& setting : scores) values.push_back(core::interquartile_mean(setting.front()));
  const auto [low, high] = std::ranges::minmax(values);
  const double zero = higher_is_better ? low : high, range = higher_is_better ? high - low : low - high;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    auto& stratum = all[i].emplace_back(scores[i].front());
    for (double& score : stratum) score = range != 0 && std::isfinite(range) ? (score - zero) / range : 0;
  }
}

ScenarioVerdict judge_overall(const Evidence& evidence, const std::vector<ScenarioVerdict>& scenarios,
                              const std::vector<Runs>& normalised) {
  ScenarioVerdict verdict;
  verdict.name = "all scenarios";
  verdict.settings.resize(normalised.size());
  for (std::size_t i = 0; i < normalised.size(); ++i) {
    auto& setting = verdict.settings[i];
    setting.name = scenarios.front().settings[i].name;
    setting.options = scenarios.front().settings[i].options;
    for (const auto& scenario : scenarios) {
      setting.n += scenario.settings[i].n;
      setting.diverged += scenario.settings[i].diverged;
    }
  }
  Headline about;
  about.score.name = kNormalisedScore;
  about.reference = evidence.reference;
  about.pairs = verdict.settings.front().n;
  about.sample = fmt::format("{} runs in {} scenarios", about.pairs, scenarios.size());
  compare_scores(verdict, normalised, about);
  if (too_few_overall(verdict, about, scenarios.front().settings.front().n)) verdict.ties.reset();
  verdict.headline = overall_headline(verdict, about, scenarios, evidence.score.higher_is_better);
  verdict.choice = choice(verdict);
  return verdict;
}

}  // namespace

bool all_diverged(const SettingVerdict& setting) { return setting.n > 0 && setting.diverged == setting.n; }

bool significant(const Difference& difference) {
  const auto& [low, high] = difference.iqm.interval;
  return difference.p_adjusted < 0.05 && !(low <= 0 && 0 <= high);
}

bool better(const Difference& difference, bool higher_is_better) {
  if (!significant(difference)) return false;
  if (std::isnan(difference.iqm.value)) return difference.improvement.value > 0.5;
  return (difference.iqm.interval.low > 0) == higher_is_better;
}

bool worse(const Difference& difference, bool higher_is_better) {
  return significant(difference) && !better(difference, higher_is_better);
}

bool signs_disagree(const SettingVerdict& setting, const SettingVerdict& reference) {
  if (!setting.difference) return false;
  return setting.difference->iqm.value * (setting.score.value - reference.score.value) < 0;
}

Verdict judge(const Evidence& evidence) {
  if (evidence.scenarios.empty()) throw core::UsageError("there is no scenario to judge: run the comparison");
  Verdict verdict;
  std::vector<Runs> normalised(evidence.scenarios.front().settings.size());
  for (const auto& scenario : evidence.scenarios) {
    check(scenario, evidence);
    const auto scores = scores_of(scenario, evidence.score.higher_is_better);
    verdict.scenarios.push_back(judge_scenario(scenario, scores, evidence));
    append_normalised(normalised, scores, evidence.score.higher_is_better);
  }
  if (evidence.scenarios.size() > 1) verdict.overall = judge_overall(evidence, verdict.scenarios, normalised);
  const auto& whole = verdict.overall ? *verdict.overall : verdict.scenarios.front();
  verdict.headline = whole.headline;
  verdict.choice = whole.choice;
  return verdict;
}

}  // namespace rhoam::compare
