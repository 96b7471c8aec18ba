#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "rhoam/core/metric_log.h"

namespace rhoam::compare {

/// Log of a trial, an entry per iteration.
struct TrialLog {
  std::vector<double> steps;     ///< environment steps at its end
  std::vector<double> updates;   ///< of the actor
  std::vector<double> episodes;  ///< finished
  std::vector<double> returns;   ///< mean over the rows of the return of their last finished episode
  std::vector<double> regret;    ///< mean over the iteration's actions; NaN where the environment knows none
  std::vector<double> memory, critic_memory;  ///< of v at its last update, in updates
  std::vector<double> root_v;                 ///< mean √v of the actor at its last update
  std::vector<std::size_t> changes;           ///< iterations within which the world changed
};

/// Mean of the values that are not missing; NaN when none is left.
double mean_known(std::span<const double> values);
/// Geometric mean of the positive values that are not missing.
double geometric_mean_known(std::span<const double> values);

/// Environment steps that each iteration took.
std::vector<double> durations(const TrialLog& trace);

/// The mean course of score, memory and √v around a change, a row per offset in environment steps; `score` is
/// one of the trace's series. `declared_dwell` is the dwell for around_changes; where it is NaN the median
/// dwell is used.
std::vector<std::vector<core::Metric>> rows_around_changes(const TrialLog& trace,
                                                           std::span<const double> score,
                                                           double declared_dwell);

/// The trace in `bins` rows of equal length in environment steps, each column averaged; a row in which no
/// iteration ended repeats the one before. The first column is time/total_timesteps at the end of the row.
std::vector<std::vector<core::Metric>> binned(const TrialLog& trace, double total_steps, int bins);

}  // namespace rhoam::compare
