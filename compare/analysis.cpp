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

void check(const ScenarioResults& scenario, const Results& results) {
  const auto fail = [&](const std::string& what) {
    throw core::UsageError(fmt::format("scenario '{}' cannot be judged: {}", scenario.name, what));
  };
  const auto& settings = scenario.settings;
  if (settings.size() != results.scenarios.front().settings.size()) fail("its settings are not the others'");
  if (results.reference < 0 || static_cast<std::size_t>(results.reference) >= settings.size())
    fail("the reference is not among its settings");
  for (const auto& setting : settings) {
    if (setting.trials.size() < kFewestSeeds)
      fail(fmt::format(
          "setting '{}' has {} seeds, at least {} are needed; finish the comparison, or raise --seeds",
          setting.name, setting.trials.size(), kFewestSeeds));
    if (!std::ranges::equal(setting.trials, settings.front().trials, {}, &TrialResult::seed,
                            &TrialResult::seed))
      fail(fmt::format("setting '{}' has other seeds than '{}'; finish the comparison", setting.name,
                       settings.front().name));
  }
}

/// Scores of every setting; a run that diverged gets the worst score of all, if any run has one.
std::vector<Runs> scores_of(const ScenarioResults& scenario, bool higher_is_better) {
  std::vector<Runs> scores;
  double worst = kMissing;
  for (const auto& setting : scenario.settings) {
    auto& runs = scores.emplace_back(1).front();
    for (const auto& trial : setting.trials) {
      runs.push_back(std::isfinite(trial.score) ? trial.score : kMissing);
      worst = higher_is_better ? std::fmin(worst, runs.back()) : std::fmax(worst, runs.back());
    }
  }
  for (auto& setting : scores)
    std::ranges::replace_if(
        setting.front(), [](double score) { return std::isnan(score); }, worst);
  return scores;
}

Estimate estimate_of(const SettingResults& setting, double TrialResult::*quantity) {
  std::vector<double> values;
  for (const auto& trial : setting.trials)
    if (std::isfinite(trial.*quantity)) values.push_back(trial.*quantity);
  return core::estimate_interquartile_mean(values);
}

double geometric_mean(const SettingResults& setting, double TrialResult::*memory) {
  std::vector<double> logs;
  for (const auto& trial : setting.trials)
    if (std::isfinite(trial.*memory)) logs.push_back(std::log(trial.*memory));
  return std::exp(core::mean(logs));
}

/// All but score and difference.
SettingAnalysis describe(const SettingResults& setting) {
  SettingAnalysis analysis;
  analysis.name = setting.name;
  analysis.options = setting.options;
  analysis.tuned = setting.tuned;
  analysis.n = static_cast<int>(setting.trials.size());
  analysis.diverged = static_cast<int>(std::ranges::count_if(
      setting.trials, [](double score) { return !std::isfinite(score); }, &TrialResult::score));
  analysis.memory = geometric_mean(setting, &TrialResult::memory);
  analysis.critic_memory = geometric_mean(setting, &TrialResult::critic_memory);
  analysis.recovery = estimate_of(setting, &TrialResult::recovery);
  analysis.unrecovered = estimate_of(setting, &TrialResult::unrecovered);
  analysis.lost = estimate_of(setting, &TrialResult::lost);
  analysis.below_threshold = estimate_of(setting, &TrialResult::below_threshold);
  analysis.oracle_regret = estimate_of(setting, &TrialResult::oracle_regret);
  return analysis;
}

/// Fills in scores, differences, the best setting and its ties.
void compare_scores(ScenarioAnalysis& analysis, const std::vector<Runs>& scores, const Headline& about) {
  auto& settings = analysis.settings;
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (!all_diverged(settings[i])) settings[i].score = core::estimate_interquartile_mean(scores[i]);
  const auto reference = static_cast<std::size_t>(about.reference);
  const auto differences = differences_to(reference, settings, scores, about.score.higher_is_better);
  for (std::size_t i = 0; i < scores.size(); ++i) settings[i].difference = differences[i];
  auto best = find_best(settings, scores, reference, about.score.higher_is_better);
  analysis.best = best.setting;
  if (can_tell(about.pairs, settings.size() - 1) && !std::ranges::all_of(settings, all_diverged))
    analysis.ties = std::move(best.ties);
}

ScenarioAnalysis judge_scenario(const ScenarioResults& scenario, const std::vector<Runs>& scores,
                                const Results& results) {
  ScenarioAnalysis analysis;
  analysis.name = scenario.name;
  for (const auto& setting : scenario.settings) analysis.settings.push_back(describe(setting));
  Headline about;
  about.score = results.score;
  about.reference = results.reference;
  about.pairs = analysis.settings.front().n;
  about.sample = fmt::format("{} seeds", about.pairs);
  compare_scores(analysis, scores, about);
  analysis.headline = headline(analysis, about);
  analysis.choice = choice(analysis);
  return analysis;
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

ScenarioAnalysis judge_overall(const Results& results, const std::vector<ScenarioAnalysis>& scenarios,
                               const std::vector<Runs>& normalised) {
  ScenarioAnalysis analysis;
  analysis.name = "all scenarios";
  analysis.settings.resize(normalised.size());
  for (std::size_t i = 0; i < normalised.size(); ++i) {
    auto& setting = analysis.settings[i];
    setting.name = scenarios.front().settings[i].name;
    setting.options = scenarios.front().settings[i].options;
    for (const auto& scenario : scenarios) {
      setting.n += scenario.settings[i].n;
      setting.diverged += scenario.settings[i].diverged;
    }
  }
  Headline about;
  about.score.name = kNormalisedScore;
  about.reference = results.reference;
  about.pairs = analysis.settings.front().n;
  about.sample = fmt::format("{} runs in {} scenarios", about.pairs, scenarios.size());
  compare_scores(analysis, normalised, about);
  if (too_few_overall(analysis, about, scenarios.front().settings.front().n)) analysis.ties.reset();
  analysis.headline = overall_headline(analysis, about, scenarios, results.score.higher_is_better);
  analysis.choice = choice(analysis);
  return analysis;
}

}  // namespace

bool all_diverged(const SettingAnalysis& setting) { return setting.n > 0 && setting.diverged == setting.n; }

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

bool signs_disagree(const SettingAnalysis& setting, const SettingAnalysis& reference) {
  if (!setting.difference) return false;
  return setting.difference->iqm.value * (setting.score.value - reference.score.value) < 0;
}

Analysis analyse(const Results& results) {
  if (results.scenarios.empty()) throw core::UsageError("there is no scenario to judge: run the comparison");
  Analysis analysis;
  std::vector<Runs> normalised(results.scenarios.front().settings.size());
  for (const auto& scenario : results.scenarios) {
    check(scenario, results);
    const auto scores = scores_of(scenario, results.score.higher_is_better);
    analysis.scenarios.push_back(judge_scenario(scenario, scores, results));
    append_normalised(normalised, scores, results.score.higher_is_better);
  }
  if (results.scenarios.size() > 1) analysis.overall = judge_overall(results, analysis.scenarios, normalised);
  const auto& whole = analysis.overall ? *analysis.overall : analysis.scenarios.front();
  analysis.headline = whole.headline;
  analysis.choice = whole.choice;
  return analysis;
}

}  // namespace rhoam::compare
