#pragma once
#include <optional>
#include <string>
#include <vector>

#include "apps/compare/evidence.h"
#include "core/statistics.h"

namespace rhoam::compare {

/// A statistic over seeds with its 95% bootstrap interval.
struct Estimate {
  double value;
  core::Interval interval;
};

/// A setting against the reference on the same seeds.
struct Difference {
  Estimate iqm;  ///< IQM of the paired differences, setting minus reference, in units of the score
  Estimate
      improvement;    ///< probability that the setting is better on a seed of its own (Agarwal et al. 2021)
  double p;           ///< paired sign-flip permutation test, two-sided
  double p_adjusted;  ///< Holm's correction for the number of settings compared in this scenario
};

struct SettingVerdict {
  std::string name, tuned;
  int n = 0;       ///< seeds
  Estimate score;  ///< IQM
  double memory;   ///< of the actor's v, updates: geometric mean over seeds; NaN without v
  Estimate recovery, lost, below_threshold, oracle_regret;  ///< IQM; NaN where there is nothing
  std::optional<Difference> difference;                     ///< none for the reference
};

/// What the evidence of one scenario says.
struct ScenarioVerdict {
  std::string name;
  std::vector<SettingVerdict> settings;
  int best = 0;          ///< index of the best score
  std::string headline;  ///< such as "ρ = 0.875 beats 0.99 by 134 [109, 182]", or "no setting differs …"
};

/// What the evidence says.
struct Verdict {
  std::vector<ScenarioVerdict> scenarios;
  /// Over all scenarios, scores normalised in each (0 the worst setting's, 1 the best one's IQM), bootstrap
  /// stratified by scenario; only where there are several.
  std::optional<ScenarioVerdict> overall;
  std::string headline;
};

/// 5% after Holm's correction.
bool significant(const Difference& difference);

/// Judges the evidence; at least 3 seeds in every setting.
Verdict judge(const Evidence& evidence);

}  // namespace rhoam::compare
