#pragma once
#include <optional>
#include <string>
#include <vector>

#include "apps/compare/evidence.h"
#include "apps/compare/verdict.h"

namespace rhoam::compare {

/// The settings of a comparison as the figures show them.
///
/// A setting is *plain* when exactly one of its comma-separated parts fixes the memory of the actor's v
/// ("0.99", "memory:100", "half-life:50updates", "adam, 0.9", "actor.rho=0.9, critic.rho=0.99"): then it has
/// a place on a line over memory, with the settings that share its other parts.
struct LineUp {
  /// By setting: its number in the palette, the same in every figure. The reference is first, then come those
  /// that are not plain.
  std::vector<int> colors;
  /// By setting: the name of its line, "" where nothing else was said; nothing when it is not plain.
  std::vector<std::optional<std::string>> lines;
};

LineUp line_up(const Evidence& evidence);

/// The settings, at most `most`, whose curves tell the story: the reference, the best, those that are not
/// plain, then the others; in the order of the evidence.
std::vector<std::size_t> legible(const Evidence& evidence, const ScenarioVerdict& verdict,
                                 std::size_t most = 6);

}  // namespace rhoam::compare
