#pragma once
#include <vector>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/results.h"
#include "rhoam/render/chart/chart.h"

namespace rhoam::compare {

/// The figures of one scenario. Titles are left empty. Series of one setting have its colour in all of them.
struct Charts {
  render::Chart score, curves, profiles, differences;
  std::vector<render::Chart> around_changes;
  /// Of the series of curves, profiles and around_changes, one for each setting, those to show at first.
  std::vector<std::size_t> shown_first;
};

/// The figures of every scenario. Takes a second or so for the bands of dozens of curves.
std::vector<Charts> make_charts(const Results& results, const Analysis& analysis);

/// The IQM of the score over the measured memory of the actor's v, with what theory names: three plain
/// settings and more as a line, the others as points; over the settings' names where memory is not what tells
/// them apart. A setting of which every run diverged has no place.
render::Chart score_over_memory(const Results& results, const Analysis& analysis, std::size_t scenario);

/// The score over environment steps with the world's changes, or how many they are where they are too many to
/// be drawn: one series for each setting, in order.
render::Chart learning_curves(const Results& results, std::size_t scenario);

/// Score, memory and √v around a change, those that there are: one series for each setting, in order.
std::vector<render::Chart> around_changes(const Results& results, std::size_t scenario);

/// The share of seeds with a better score than x: one series for each setting, in order.
render::Chart performance_profiles(const Results& results, std::size_t scenario);

/// The difference of every setting to the reference, with zero.
render::Chart differences(const Results& results, const Analysis& analysis, std::size_t scenario);

/// The chart with some of its series.
render::Chart only(render::Chart chart, const std::vector<std::size_t>& series);

}  // namespace rhoam::compare
