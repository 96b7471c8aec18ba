#pragma once
#include <string>

#include "apps/compare/verdict.h"

namespace rhoam::compare {

/// What a headline speaks of.
struct Headline {
  Score score;
  std::string symbol;  ///< Evidence::symbol
  int reference = 0;   ///< index of the setting
  int pairs = 0;       ///< of each difference
  std::string sample;  ///< "10 seeds", "3 scenarios × 10 seeds"
};

/// One sentence on a verdict whose settings are judged: which setting beats the reference most; that none
/// does; that the reference is best; or that the seeds are too few to tell. Says how many runs diverged.
std::string headline(const ScenarioVerdict& verdict, const Headline& about);

}  // namespace rhoam::compare
