#include "rhoam/compare/interval_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rhoam/core/bootstrap.h"

namespace rhoam::compare {
namespace {

// As the edge of a band, a quantile needs fewer resamples than as a printed number.
constexpr core::BootstrapOptions kOptions{.resamples = 500};

/// The mean of the finite values in [begin, end).
double mean_between(const std::vector<double>& values, std::size_t begin, std::size_t end) {
  std::vector<double> present;
  for (std::size_t i = begin; i < std::min(end, values.size()); ++i)
    if (std::isfinite(values[i])) present.push_back(values[i]);
  return core::mean(present);
}

void append(IntervalCurve& band, double x, const core::Estimate& estimate) {
  band.x.push_back(x);
  band.y.push_back(estimate.value);
  band.low.push_back(estimate.interval.low);
  band.high.push_back(estimate.interval.high);
}

}  // namespace

IntervalCurve iqm_curve(const Series& series, std::size_t max_points) {
  const std::size_t count = series.x.size(),
                    width = std::max<std::size_t>(1, (count + max_points - 1) / max_points);
  IntervalCurve band;
  for (std::size_t begin = 0; begin < count; begin += width) {
    std::vector<double> sample;
    for (const auto& seed : series.seeds)
      if (const double value = mean_between(seed, begin, begin + width); std::isfinite(value))
        sample.push_back(value);
    append(band, mean_between(series.x, begin, begin + width),
           core::estimate_interquartile_mean(sample, kOptions));
  }
  return band;
}

IntervalCurve profile_curve(const std::vector<double>& scores, const std::vector<double>& thresholds,
                            bool higher_is_better) {
  const double sign = higher_is_better ? 1 : -1;
  std::vector<std::vector<double>> runs(1);
  for (const double score : scores)
    runs[0].push_back(std::isfinite(score) ? sign * score : std::numeric_limits<double>::lowest());
  std::vector<double> ascending;
  for (const double threshold : thresholds) ascending.push_back(sign * threshold);
  if (!higher_is_better) std::ranges::reverse(ascending);
  auto profile = core::performance_profile(runs, ascending, kOptions);
  if (!higher_is_better) std::ranges::reverse(profile);
  IntervalCurve band;
  for (std::size_t i = 0; i < thresholds.size(); ++i) append(band, thresholds[i], profile[i]);
  return band;
}

}  // namespace rhoam::compare
