#pragma once
#include <optional>
#include <string>
#include <vector>

#include "rhoam/compare/results.h"
#include "rhoam/core/bootstrap.h"

namespace rhoam::compare {

using core::Estimate;  ///< a statistic over seeds with its 95% bootstrap interval

/// The score of the overall analysis: in each scenario, 1 is the IQM of the best setting and 0 that of the
/// worst.
inline constexpr const char* kNormalisedScore = "normalised score";

/// A setting against the reference on the same seeds.
struct Difference {
  /// IQM of the paired differences, setting minus reference, in units of the score; NaN where every run of
  /// either diverged.
  Estimate iqm;
  Estimate improvement;   ///< probability that the setting is better on another seed (Agarwal et al. 2021)
  double p = 1;           ///< of the paired differences: Wilcoxon signed-rank test, two-sided
  double p_adjusted = 1;  ///< Holm's correction for the number of settings compared in this scenario
};

struct SettingAnalysis {
  std::string name;
  Assignments options, tuned;
  int n = 0;                 ///< seeds; in the overall analysis, runs of all scenarios
  int diverged = 0;          ///< of them: their score counts as the worst of any setting in the scenario
  Estimate score;            ///< IQM; NaN where every run diverged
  double memory = kMissing;  ///< of the actor's v, updates: geometric mean over seeds; NaN without v
  double critic_memory = kMissing;
  /// IQM over the seeds that have a value, units as in TrialResult; NaN where none has.
  Estimate recovery, unrecovered, lost, below_threshold, oracle_regret;
  std::optional<Difference> difference;  ///< none for the reference
};

/// Analysis of one scenario.
struct ScenarioAnalysis {
  std::string name;
  std::vector<SettingAnalysis> settings;
  /// Index of the best score among the settings that are not significantly worse; the reference among equals.
  int best = 0;
  /// The settings statistically tied with the best, best first: not significantly worse than the best or the
  /// reference. Nothing where the seeds are too few to show any difference, or where every run diverged.
  std::optional<std::vector<int>> ties;
  std::string headline;  ///< such as "ρ = 0.875 beats 0.99 by 134 [109, 182] (return, 10 seeds)"
  std::string choice;    ///< the ties in a sentence; empty where there is nothing to say of them
};

/// Analysis of all results.
struct Analysis {
  std::vector<ScenarioAnalysis> scenarios;
  /// Over all scenarios, scores normalised in each (0 the worst setting's IQM, 1 the best one's, so that
  /// higher is better), bootstrap stratified by scenario; only where there are several.
  std::optional<ScenarioAnalysis> overall;
  std::string headline, choice;  ///< of the only scenario, or of `overall`
};

/// Whether every run diverged, so that there is no score.
bool all_diverged(const SettingAnalysis& setting);

/// The criterion for every claim of a report: p < 5% after Holm's correction and an interval without 0, so
/// that no sentence contradicts its interval.
bool significant(const Difference& difference);

/// Significant and in the better direction; where there is no interval, by the probability of improvement.
bool better(const Difference& difference, bool higher_is_better);
bool worse(const Difference& difference, bool higher_is_better);

/// Whether the paired difference to the reference and the two scores have opposite signs: each is an IQM that
/// leaves out different seeds.
bool signs_disagree(const SettingAnalysis& setting, const SettingAnalysis& reference);

/// Analyses the results. Throws UsageError below 3 seeds, or where settings do not share their seeds.
Analysis analyse(const Results& results);

}  // namespace rhoam::compare
