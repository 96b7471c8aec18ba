#pragma once
#include <span>
#include <string>

#include "apps/compare/verdict.h"

namespace rhoam::compare {

/// What a headline speaks of.
struct Headline {
  Score score;
  std::string symbol;  ///< Evidence::symbol
  int reference = 0;   ///< index of the setting
  int pairs = 0;       ///< of each difference
  std::string sample;  ///< "10 seeds", "30 runs in 3 scenarios"
};

/// One sentence on a verdict whose settings are judged: which setting beats the reference most; that none
/// does; that the reference is best; or that the seeds are too few to tell. Says how many runs diverged.
std::string headline(const ScenarioVerdict& verdict, const Headline& about);

/// The same for the verdict over all scenarios; how many of them show it alone, and how many the opposite.
std::string overall_headline(const ScenarioVerdict& overall, const Headline& about,
                             std::span<const ScenarioVerdict> scenarios, bool higher_is_better);

}  // namespace rhoam::compare
