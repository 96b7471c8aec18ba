#pragma once
#include <span>
#include <string>

#include "rhoam/compare/analysis.h"

namespace rhoam::compare {

/// Context of a headline.
struct Headline {
  Score score;
  int reference = 0;   ///< index of the setting
  int pairs = 0;       ///< of each difference
  std::string sample;  ///< "10 seeds", "30 runs in 3 scenarios"
};

/// Whether any p can pass Holm's correction for this many comparisons.
bool can_tell(int pairs, std::size_t comparisons);

/// One sentence on an analysis whose settings are judged: which setting beats the reference most; that none
/// does; that the reference is best; that there are too few seeds; or that every run diverged. Says how many
/// runs diverged.
std::string headline(const ScenarioAnalysis& analysis, const Headline& about);

/// A further sentence: which settings are statistically tied with the best one, so that any of them may be
/// used. Empty where there is nothing to choose or to say.
std::string choice(const ScenarioAnalysis& analysis);

/// Whether the seeds are too few in each scenario and nothing is significant over all of them.
bool too_few_overall(const ScenarioAnalysis& overall, const Headline& about, int seeds);

/// The headline of the overall analysis; how many scenarios show the same on their own, and how many the
/// opposite.
std::string overall_headline(const ScenarioAnalysis& overall, const Headline& about,
                             std::span<const ScenarioAnalysis> scenarios, bool higher_is_better);

}  // namespace rhoam::compare
