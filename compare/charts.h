#pragma once
#include <vector>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/results.h"
#include "rhoam/render/chart/chart.h"

namespace rhoam::compare {

/// The charts of one scenario. Titles are left empty. A setting has the same colour in all of them.
struct Charts {
  render::Chart score, curves, profiles, differences;
  std::vector<render::Chart> around_changes;
  /// Indices of the series of curves, profiles and around_changes (one per setting) to show at first.
  std::vector<std::size_t> shown_first;
};

/// The charts of every scenario. Takes a second or so for the bands of dozens of curves.
std::vector<Charts> make_charts(const Results& results, const Analysis& analysis);

/// The IQM of the score over the measured memory of the actor's v, with the memories that theory names: three
/// or more plain settings as a line, the others as points; over the settings' names where they do not differ
/// in memory. A setting whose runs all diverged is left out.
render::Chart score_over_memory(const Results& results, const Analysis& analysis, std::size_t scenario);

/// The score over environment steps, one series per setting, in order, with the world's changes, or only
/// their number where they are too many to draw.
render::Chart learning_curves(const Results& results, std::size_t scenario);

/// Score, memory and √v around a change, where available: one series per setting, in order.
std::vector<render::Chart> around_changes(const Results& results, std::size_t scenario);

/// The share of seeds with a better score than x: one series per setting, in order.
render::Chart performance_profiles(const Results& results, std::size_t scenario);

/// The difference of every setting to the reference, with a line at zero.
render::Chart differences(const Results& results, const Analysis& analysis, std::size_t scenario);

/// The chart with only these series.
render::Chart only(render::Chart chart, const std::vector<std::size_t>& series);

}  // namespace rhoam::compare
