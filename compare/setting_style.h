#pragma once
#include <optional>
#include <string>
#include <vector>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/results.h"

namespace rhoam::compare {

/// Style of a comparison's settings in the charts.
///
/// A setting is *plain* when exactly one of its options fixes the memory of the actor's v (rho=0.99,
/// rho=memory:100, actor.rho=half-life:50updates): then it lies on a line over memory, with the settings that
/// share its other options.
struct SettingStyles {
  /// By setting: index in the palette, the same in every chart. The reference is first, followed by the
  /// settings that are not plain.
  std::vector<int> colors;
  /// By setting: the name of its line, "" where it has no other option; nothing when it is not plain.
  std::vector<std::optional<std::string>> lines;
};

SettingStyles setting_styles(const Results& results);

/// At most `most` settings, in the order of the results, whose curves matter most: the reference, the best,
/// those that are not plain, then the others.
std::vector<std::size_t> shown_first(const Results& results, const ScenarioAnalysis& analysis,
                                     std::size_t most = 6);

}  // namespace rhoam::compare
