#pragma once
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "rhoam/core/statistics.h"

namespace rhoam::core {

/// A statistic with its confidence interval; NaN where missing.
struct Estimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  Interval interval = {value, value};
};

struct BootstrapOptions {
  double confidence = 0.95;
  int resamples = 2000;
  std::uint64_t seed = 0;  ///< of the stream Purpose::statistics
};

/// Scores of independent runs, [strata][runs]: a stratum is a task, and a resample draws as many runs from
/// each stratum as it contains (Agarwal et al. 2021, section 4.1). Strata may differ in size.
using Strata = std::span<const std::vector<double>>;

/// The functions below return NaN for an empty stratum or a value that is not finite. Their intervals are
/// percentile intervals read at `student_tail` with one degree of freedom less than the smallest stratum has
/// runs, wider than rliable's for few runs (docs/decisions/0005-students-levels.md). The same options give
/// the same numbers everywhere.

/// Any statistic of independent values, such as one per seed.
Estimate estimate(std::span<const double> sample,
                  const std::function<double(std::span<const double>)>& statistic,
                  const BootstrapOptions& options = {});

/// Interquartile mean of all runs of all strata together. For paired differences, give the differences: a
/// resample then keeps the pairs together.
Estimate estimate_interquartile_mean(Strata scores, const BootstrapOptions& options = {});
/// The same for a single stratum.
Estimate estimate_interquartile_mean(std::span<const double> scores, const BootstrapOptions& options = {});

/// Probability that a run of x scores higher than a run of y in the same stratum, ties counting half: the
/// mean over strata of Mann & Whitney's U / (n_x n_y) (Agarwal et al. 2021, section 4.3). x and y have
/// equally many strata, and their runs are resampled independently.
Estimate estimate_improvement(Strata x, Strata y, const BootstrapOptions& options = {});

/// Share of the runs that score more than each threshold, mean over strata, with pointwise intervals
/// [thresholds] (Dolan & Moré 2002; Agarwal et al. 2021, section 4.2). Thresholds ascend.
std::vector<Estimate> performance_profile(Strata scores, std::span<const double> thresholds,
                                          const BootstrapOptions& options = {});

/// The tail at which to read a percentile interval so that it is as wide as Student's t with these degrees of
/// freedom would make it: Φ(t), where t is its `tail` quantile. Below one degree it is `tail` itself.
double student_tail(double tail, double degrees);

}  // namespace rhoam::core
