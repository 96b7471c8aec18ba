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
/// does; that the reference is best; that the seeds are too few to tell; or that every run diverged. Says how
/// many runs diverged.
std::string headline(const ScenarioVerdict& verdict, const Headline& about);

/// One more sentence: which settings are not told apart from the best one, so that one may use any of them.
/// Empty where there is nothing to choose.
std::string choice(const ScenarioVerdict& verdict);

/// The headline of the verdict over all scenarios; how many of them show it alone, and how many the opposite.
/// Where none shows anything and none could alone, the seeds are too few to tell.
std::string overall_headline(const ScenarioVerdict& overall, const Headline& about,
                             std::span<const ScenarioVerdict> scenarios, bool higher_is_better);

}  // namespace rhoam::compare
