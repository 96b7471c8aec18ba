#pragma once
#include <vector>

#include "rhoam/compare/results.h"

namespace rhoam::compare {

/// Interquartile mean over seeds with a pointwise 95% bootstrap interval, as functions of x. NaN where no
/// seed has a value.
struct IntervalCurve {
  std::vector<double> x = {}, y = {}, low = {}, high = {};
};

/// The curve of a series, which is first reduced to at most `max_points` means of neighbouring points.
IntervalCurve iqm_curve(const Series& series, std::size_t max_points = 200);

/// Performance profile (Agarwal et al. 2021): the share of scores better than each threshold, with its
/// interval. NaN scores are never better.
IntervalCurve profile_curve(const std::vector<double>& scores, const std::vector<double>& thresholds,
                            bool higher_is_better);

}  // namespace rhoam::compare
