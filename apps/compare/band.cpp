#include "apps/compare/band.h"

#include <algorithm>
#include <cmath>

#include "core/statistics.h"

namespace rhoam::compare {
namespace {

// Seen as an edge of a band, a quantile needs fewer resamples than printed as a number.
constexpr core::BootstrapOptions kOptions{.resamples = 500};

/// The mean of the values that are there.
double mean_between(const std::vector<double>& values, std::size_t begin, std::size_t end) {
  std::vector<double> present;
  for (std::size_t i = begin; i < std::min(end, values.size()); ++i)
    if (std::isfinite(values[i])) present.push_back(values[i]);
  return core::mean(present);
}

void append(Band& band, double x, const std::vector<double>& sample,
            double (*statistic)(std::span<const double>)) {
  const auto interval = core::bootstrap_interval(sample, statistic, kOptions);
  band.x.push_back(x);
  band.y.push_back(statistic(sample));
  band.low.push_back(interval.low);
  band.high.push_back(interval.high);
}

bool better(double score, double threshold, bool higher_is_better) {
  return higher_is_better ? score > threshold : score < threshold;
}

}  // namespace

Band iqm_band(const Series& series, std::size_t max_points) {
  const std::size_t count = series.x.size(),
                    width = std::max<std::size_t>(1, (count + max_points - 1) / max_points);
  Band band;
  for (std::size_t begin = 0; begin < count; begin += width) {
    std::vector<double> sample;
    for (const auto& seed : series.seeds)
      if (const double value = mean_between(seed, begin, begin + width); std::isfinite(value))
        sample.push_back(value);
    append(band, mean_between(series.x, begin, begin + width), sample, core::interquartile_mean);
  }
  return band;
}

Band profile_band(const std::vector<double>& scores, const std::vector<double>& thresholds,
                  bool higher_is_better) {
  Band band;
  for (const double threshold : thresholds) {
    std::vector<double> sample;
    for (const double score : scores) sample.push_back(better(score, threshold, higher_is_better) ? 1 : 0);
    append(band, threshold, sample, core::mean);
  }
  return band;
}

}  // namespace rhoam::compare
