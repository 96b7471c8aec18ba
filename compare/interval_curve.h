#pragma once
#include <vector>

#include "rhoam/compare/results.h"

namespace rhoam::compare {

/// The interquartile mean over seeds with a pointwise 95% bootstrap interval, all over x. NaN where no seed
/// has a value.
struct IntervalCurve {
  std::vector<double> x = {}, y = {}, low = {}, high = {};
};

/// The band of a series, which is first reduced to at most `max_points` means of neighbouring points.
IntervalCurve iqm_curve(const Series& series, std::size_t max_points = 200);

/// The share of the scores that are better than each threshold, with its interval: a performance profile
/// (Agarwal et al. 2021). Scores that are NaN are better than nothing.
IntervalCurve profile_curve(const std::vector<double>& scores, const std::vector<double>& thresholds,
                            bool higher_is_better);

}  // namespace rhoam::compare
