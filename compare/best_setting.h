#pragma once
#include <optional>
#include <vector>

#include "rhoam/compare/analysis.h"

namespace rhoam::compare {

/// Scores of one setting, [strata][seeds].
using Runs = std::vector<std::vector<double>>;
/// [setting], for all but one.
using Differences = std::vector<std::optional<Difference>>;

/// The differences of all settings to setting `base`, which has none. `settings` say which of them diverged;
/// `scores` [setting].
Differences differences_to(std::size_t base, const std::vector<SettingAnalysis>& settings,
                           const std::vector<Runs>& scores, bool higher_is_better);

/// ScenarioAnalysis::best and ties, where the seeds suffice to show a difference.
struct BestSetting {
  int setting;
  std::vector<int> ties;
};

/// Finds the best setting and those tied with it, by one criterion, so that neither contradicts the settings'
/// differences to the reference: a setting significantly worse than the reference is neither, and nor is the
/// reference where a setting is significantly better.
BestSetting find_best(const std::vector<SettingAnalysis>& settings, const std::vector<Runs>& scores,
                      std::size_t reference, bool higher_is_better);

}  // namespace rhoam::compare
