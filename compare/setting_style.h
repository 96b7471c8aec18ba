#pragma once
#include <optional>
#include <string>
#include <vector>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/results.h"

namespace rhoam::compare {

/// The settings of a comparison as the figures show them.
///
/// A setting is *plain* when exactly one of its options fixes the memory of the actor's v (rho=0.99,
/// rho=memory:100, actor.rho=half-life:50updates): then it has a place on a line over memory, with the
/// settings that share its other options.
struct SettingStyles {
  /// By setting: its number in the palette, the same in every figure. The reference is first, then come those
  /// that are not plain.
  std::vector<int> colors;
  /// By setting: the name of its line, "" where it has no other option; nothing when it is not plain.
  std::vector<std::optional<std::string>> lines;
};

SettingStyles setting_styles(const Results& results);

/// The settings, at most `most`, whose curves tell the story: the reference, the best, those that are not
/// plain, then the others; in the order of the results.
std::vector<std::size_t> shown_first(const Results& results, const ScenarioAnalysis& analysis,
                                     std::size_t most = 6);

}  // namespace rhoam::compare
