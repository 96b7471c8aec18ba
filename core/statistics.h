#pragma once
#include <cstdint>
#include <span>

namespace rhoam::core {

/// Statistics of a sample; of an empty one they are NaN.
double mean(std::span<const double> sample);
/// Standard deviation with n − 1; NaN below two values.
double standard_deviation(std::span<const double> sample);
/// Quantile `q` in [0, 1], interpolated linearly between order statistics (Hyndman & Fan's type 7, NumPy's
/// default).
double quantile(std::span<const double> sample, double q);
/// The same in linear time and without a copy: reorders `sample`.
double quantile_in_place(std::span<float> sample, double q);
inline double median(std::span<const double> sample) { return quantile(sample, 0.5); }
/// Interquartile mean: the mean of the middle half. Where n/4 is not whole, the values at the cuts count in
/// part, so that the weights add up to exactly n/2 (Agarwal et al. 2021 round the quarter down instead).
double interquartile_mean(std::span<const double> sample);

/// Kendall's rank correlation τ of two samples of equal length: pairs that both put in the same order minus
/// those in opposite order, over all pairs (Kendall 1938; a tie counts as neither). NaN below two values.
double kendall_tau(std::span<const double> a, std::span<const double> b);

struct Interval {
  double low;
  double high;
};

/// Running mean and variance (Welford 1962; merging: Chan et al. 1983).
class RunningMoments {
 public:
  void add(double value);
  /// As if all values of `other` had been added.
  void merge(const RunningMoments& other);
  std::int64_t count() const { return count_; }
  double mean() const { return mean_; }
  /// Divides by n; 0 below two values.
  double variance() const { return count_ > 1 ? squares_ / static_cast<double>(count_) : 0; }

  /// The full state, for checkpoints.
  struct State {
    std::int64_t count;
    double mean;
    double squares;
  };
  State state() const { return {count_, mean_, squares_}; }
  void set_state(const State& state) { count_ = state.count, mean_ = state.mean, squares_ = state.squares; }

 private:
  std::int64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  // sum of squared distances from the mean
};

}  // namespace rhoam::core
