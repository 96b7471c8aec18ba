#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace rhoam::compare {

/// Log of one trial, an entry per iteration [K].
struct Course {
  std::span<const double> score;         ///< NaN where there is none yet
  std::span<const double> steps;         ///< environment steps that the iteration took
  std::span<const std::size_t> changes;  ///< first iteration of each new world; any order, repeats count once
};

/// How a trial recovered from changes of its world. Each change is followed until the next one by the running
/// mean m of the score, and measured against the level L, the mean of the last iterations before it, and the
/// worst m after it. The last one is followed to the end, and counts when that is a median dwell away; a
/// change without scores before or after it does not count. NaN where none counts, and where the median dwell
/// is below four windows of m: then neither L nor a recovery can be measured.
struct Recovery {
  /// Environment steps from a change to the end of the iteration where m, having lost half of L − worst, has
  /// regained 90% of it; 0 where m never falls below L. Where that does not happen before the next change,
  /// all steps until then. Mean over changes. Levels are differences, so that negative scores are measured
  /// like positive ones.
  double steps;
  double unrecovered;  ///< share of the changes without such a recovery, 0 … 1
  /// Area of m below L until the next change, score × 1,000 environment steps: does not depend on the length
  /// of an iteration. Mean over changes.
  double lost;
  int changes;  ///< number that count
};

/// Higher scores must be better: negate a regret.
Recovery measure_recovery(const Course& course);

/// Window of the running mean in iterations: a sixteenth of the median dwell, at least 1. The mean is centred
/// and never crosses a change.
std::size_t smoothing_window(const Course& course);

/// Median environment steps between changes; with a single change, from it to the end. NaN without changes.
double median_dwell(const Course& course);

/// Share of the scored time in which the score lies below the threshold, 0 … 1; NaN without scores.
double share_below(std::span<const double> score, std::span<const double> steps, double threshold);

/// Environment steps since a change at the bin centres of `around_changes`.
std::vector<double> offsets_around(double dwell, int bins = 64);

/// Any series [K] of the course around its changes: its mean over time and changes in `bins` equal parts of
/// [−dwell/4, dwell], each change seen from the one before it to the one after. NaN for an empty bin. `dwell`
/// is in environment steps, finite and positive; the same for all trials of a plot.
std::vector<double> around_changes(std::span<const double> series, const Course& course, double dwell,
                                   int bins = 64);

}  // namespace rhoam::compare
