#include "rhoam/core/statistics.h"
#include "rhoam/core/missing.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

namespace rhoam::core {
namespace {

std::vector<double> sorted(std::span<const double> sample) {
  std::vector<double> values(sample.begin(), sample.end());
  std::sort(values.begin(), values.end());
  return values;
}

template <class Real>
double select_quantile(std::span<Real> values, double q) {
  if (values.empty()) return kMissing;
  const double position = std::clamp(q, 0.0, 1.0) * static_cast<double>(values.size() - 1);
  const auto below = values.begin() + static_cast<std::ptrdiff_t>(position);
  std::nth_element(values.begin(), below, values.end());
  const auto above = below + 1 == values.end() ? below : std::min_element(below + 1, values.end());
  return std::lerp(static_cast<double>(*below), static_cast<double>(*above), position - std::floor(position));
}

}  // namespace

double mean(std::span<const double> sample) {
  if (sample.empty()) return kMissing;
  return std::accumulate(sample.begin(), sample.end(), 0.0) / static_cast<double>(sample.size());
}

double standard_deviation(std::span<const double> sample) {
  if (sample.size() < 2) return kMissing;
  const double center = mean(sample);
  double squares = 0;
  for (const double value : sample) squares += (value - center) * (value - center);
  return std::sqrt(squares / static_cast<double>(sample.size() - 1));
}

double quantile(std::span<const double> sample, double q) {
  std::vector<double> values(sample.begin(), sample.end());
  return select_quantile(std::span(values), q);
}

double quantile_in_place(std::span<float> sample, double q) { return select_quantile(sample, q); }

double interquartile_mean(std::span<const double> sample) {
  if (sample.empty()) return kMissing;
  const auto values = sorted(sample);
  const double n = static_cast<double>(values.size());
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    // Value i covers [i, i + 1] of the range [0, n], of which [n/4, 3n/4] counts.
    const double from = static_cast<double>(i);
    sum += values[i] * std::max(0.0, std::min(from + 1, 0.75 * n) - std::max(from, 0.25 * n));
  }
  return sum / (0.5 * n);
}

double kendall_tau(std::span<const double> a, std::span<const double> b) {
  const auto order = [](double x, double y) { return (x > y) - (x < y); };
  int agreement = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) agreement += order(a[i], a[j]) * order(b[i], b[j]);
  const double pairs = 0.5 * static_cast<double>(a.size()) * (static_cast<double>(a.size()) - 1);
  return pairs > 0 ? agreement / pairs : kMissing;
}

void RunningMoments::add(double value) {
  ++count_;
  const double distance = value - mean_;
  mean_ += distance / static_cast<double>(count_);
  squares_ += distance * (value - mean_);
}

void RunningMoments::merge(const RunningMoments& other) {
  if (other.count_ == 0) return;
  const double mine = static_cast<double>(count_), theirs = static_cast<double>(other.count_),
               all = mine + theirs;
  const double distance = other.mean_ - mean_;
  mean_ += distance * theirs / all;
  squares_ += other.squares_ + distance * distance * mine * theirs / all;
  count_ += other.count_;
}

}  // namespace rhoam::core
