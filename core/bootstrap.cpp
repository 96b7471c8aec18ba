#include "rhoam/core/bootstrap.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>

#include "rhoam/core/random.h"

namespace rhoam::core {
namespace {

bool usable(Strata scores) {
  const auto finite = [](double x) { return std::isfinite(x); };
  return !scores.empty() && std::ranges::all_of(scores, [&](const std::vector<double>& stratum) {
    return !stratum.empty() && std::ranges::all_of(stratum, finite);
  });
}

/// Draws as many runs as there are, with replacement, and counts how often each is drawn. Counts instead of
/// copies keep a resample of sorted scores sorted.
void draw(Stream& stream, std::span<int> counts) {
  std::ranges::fill(counts, 0);
  for (std::size_t i = 0; i < counts.size(); ++i) ++counts[stream.below(counts.size())];
}

/// Runs of all strata in the order of their scores.
class Ranking {
 public:
  explicit Ranking(Strata scores) {
    for (const auto& stratum : scores) {
      const double weight = 1 / static_cast<double>(stratum.size() * scores.size());
      for (const double score : stratum) runs_.push_back({score, weight, runs_.size()});
      sizes_.push_back(stratum.size());
    }
    std::ranges::sort(runs_, {}, &Run::score);
    counts_.assign(runs_.size(), 1);
  }

  void resample(Stream& stream) {
    std::span<int> rest = counts_;
    for (const std::size_t size : sizes_) {
      draw(stream, rest.first(size));
      rest = rest.subspan(size);
    }
  }

  double interquartile_mean() const {
    const double n = static_cast<double>(runs_.size()), low = 0.25 * n, high = 0.75 * n;
    double sum = 0, from = 0;
    for (const auto& run : runs_) {
      const double to = from + counts_[run.index];
      sum += run.score * std::max(0.0, std::min(to, high) - std::max(from, low));
      from = to;
    }
    return sum / (0.5 * n);
  }

  /// Calls `write(i, share)` with the share above each of the ascending thresholds.
  template <class Write>
  void profile(std::span<const double> thresholds, Write&& write) const {
    double share = 0;
    auto run = runs_.rbegin();
    for (std::size_t i = thresholds.size(); i-- > 0; write(i, share))
      for (; run != runs_.rend() && run->score > thresholds[i]; ++run)
        share += run->weight * counts_[run->index];
  }

 private:
  struct Run {
    double score;
    double weight;      // in a mean over strata
    std::size_t index;  // across all strata
  };
  std::vector<Run> runs_;
  std::vector<std::size_t> sizes_;
  std::vector<int> counts_;
};

/// Mann & Whitney's estimate in one stratum.
class Duel {
 public:
  Duel(std::span<const double> x, std::vector<double> y) : x_counts_(x.size(), 1), y_counts_(y.size(), 1) {
    std::ranges::sort(y);
    for (const double score : x) {
      const auto [first, last] = std::equal_range(y.begin(), y.end(), score);
      places_.push_back({first - y.begin(), last - y.begin()});
    }
    up_to_.resize(y.size() + 1);
  }

  void resample(Stream& stream) {
    draw(stream, x_counts_);
    draw(stream, y_counts_);
  }

  double probability() {
    std::partial_sum(y_counts_.begin(), y_counts_.end(), up_to_.begin() + 1);
    std::int64_t halves = 0;
    for (std::size_t i = 0; i < places_.size(); ++i)
      halves += std::int64_t{x_counts_[i]} * (up_to_[places_[i].below] + up_to_[places_[i].not_above]);
    return static_cast<double>(halves) / (2 * static_cast<double>(x_counts_.size() * y_counts_.size()));
  }

 private:
  struct Place {
    std::ptrdiff_t below, not_above;  // counts of runs of y
  };
  std::vector<Place> places_;
  std::vector<int> x_counts_, y_counts_;
  std::vector<std::int64_t> up_to_;  // resampled runs among the first i sorted runs of y
};

/// Replicates whose sums overflow are left out.
Interval read_interval(std::vector<double>& replicates, double tail) {
  std::erase_if(replicates, [](double x) { return std::isnan(x); });
  return {quantile(replicates, tail), quantile(replicates, 1 - tail)};
}

double tail_of(Strata scores, const BootstrapOptions& options) {
  const auto smallest = std::ranges::min(scores, {}, &std::vector<double>::size).size();
  return student_tail((1 - options.confidence) / 2, static_cast<double>(smallest) - 1);
}

/// The value of `statistic()`, with an interval from its values after each `resample(stream)`.
template <class Statistic, class Resample>
Estimate bootstrap(Statistic&& statistic, Resample&& resample, double tail, const BootstrapOptions& options) {
  const double value = statistic();
  Stream stream(options.seed, Purpose::statistics);
  std::vector<double> replicates(static_cast<std::size_t>(options.resamples));
  for (double& replicate : replicates) {
    resample(stream);
    replicate = statistic();
  }
  return {value, read_interval(replicates, tail)};
}

}  // namespace

Estimate estimate(std::span<const double> sample,
                  const std::function<double(std::span<const double>)>& statistic,
                  const BootstrapOptions& options) {
  const std::vector<double> stratum(sample.begin(), sample.end());
  const Strata strata(&stratum, 1);
  if (!usable(strata)) return {};
  auto resample = stratum;
  return bootstrap([&] { return statistic(resample); },
                   [&](Stream& stream) {
                     for (double& draw : resample) draw = stratum[stream.below(stratum.size())];
                   },
                   tail_of(strata, options), options);
}

Estimate estimate_interquartile_mean(Strata scores, const BootstrapOptions& options) {
  if (!usable(scores)) return {};
  Ranking ranking(scores);
  return bootstrap([&] { return ranking.interquartile_mean(); },
                   [&](Stream& stream) { ranking.resample(stream); }, tail_of(scores, options), options);
}

Estimate estimate_interquartile_mean(std::span<const double> scores, const BootstrapOptions& options) {
  const std::vector<double> stratum(scores.begin(), scores.end());
  return estimate_interquartile_mean(Strata(&stratum, 1), options);
}

Estimate estimate_improvement(Strata x, Strata y, const BootstrapOptions& options) {
  if (!usable(x) || !usable(y)) return {};
  std::vector<Duel> duels;
  for (std::size_t k = 0; k < x.size(); ++k) duels.emplace_back(x[k], y[k]);
  const auto mean_probability = [&] {
    double sum = 0;
    for (auto& duel : duels) sum += duel.probability();
    return sum / static_cast<double>(duels.size());
  };
  const auto resample = [&](Stream& stream) {
    for (auto& duel : duels) duel.resample(stream);
  };
  return bootstrap(mean_probability, resample, std::min(tail_of(x, options), tail_of(y, options)), options);
}

std::vector<Estimate> performance_profile(Strata scores, std::span<const double> thresholds,
                                          const BootstrapOptions& options) {
  std::vector<Estimate> profile(thresholds.size());
  if (!usable(scores)) return profile;
  Ranking ranking(scores);
  ranking.profile(thresholds, [&](std::size_t i, double share) { profile[i].value = share; });
  std::vector<std::vector<double>> shares(thresholds.size());
  Stream stream(options.seed, Purpose::statistics);
  for (int r = 0; r < options.resamples; ++r) {
    ranking.resample(stream);
    ranking.profile(thresholds, [&](std::size_t i, double share) { shares[i].push_back(share); });
  }
  const double tail = tail_of(scores, options);
  for (std::size_t i = 0; i < profile.size(); ++i) profile[i].interval = read_interval(shares[i], tail);
  return profile;
}

double student_tail(double tail, double degrees) {
  if (degrees < 1) return tail;
  const double t = boost::math::quantile(boost::math::students_t(degrees), tail);
  return boost::math::cdf(boost::math::normal(), t);
}

}  // namespace rhoam::core
