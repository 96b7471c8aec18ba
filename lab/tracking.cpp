#include "rhoam/lab/tracking.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::lab {
namespace {

constexpr double kFarthest = 300;  // largest |x| that is represented; beyond it growth is rescaled

std::string log_variance_text(const optim::Drift& drift, double phase) {
  const auto time = [](double updates) { return core::format_double(updates) + "updates"; };
  const auto amplitude = core::format_double(drift.amplitude);
  switch (drift.kind) {
    case optim::DriftKind::sine:
      return fmt::format("sine:period={},amplitude={},phase={}", time(drift.timescale), amplitude, phase);
    case optim::DriftKind::telegraph:
      return fmt::format("telegraph:dwell={},amplitude={}", time(drift.timescale), amplitude);
    case optim::DriftKind::ou:
      return fmt::format("ou:tau={},amplitude={}", time(drift.timescale), amplitude);
    case optim::DriftKind::growth:
      break;
  }
  constexpr double kForever = 1e9;
  return fmt::format("linear:from=0,to={},over={}", core::format_double(kForever * drift.amplitude),
                     time(kForever * drift.timescale));
}

/// 1/gain … gain, evenly in the logarithm.
std::vector<double> gains(double gain, std::size_t dimension) {
  std::vector<double> all(dimension, 1);
  for (std::size_t i = 0; dimension > 1 && i < dimension; ++i)
    all[i] = std::pow(gain, 2 * static_cast<double>(i) / static_cast<double>(dimension - 1) - 1);
  return all;
}

}  // namespace

Noise heavy_tailed(double kurtosis, double outliers) {
  if (!(kurtosis >= 3 && kurtosis <= 3 / outliers))
    throw core::UsageError(fmt::format("kurtosis {} is out of range: 3 … {:g}", kurtosis, 3 / outliers));
  // The variance of z is itself random with mean 1 and variance κ/3 − 1, and takes two values.
  const double spread = std::sqrt(kurtosis / 3 - 1), odds = std::sqrt((1 - outliers) / outliers);
  return {.sd = std::sqrt(std::max(0.0, 1 - spread / odds)),
          .outlier_sd = std::sqrt(1 + spread * odds),
          .outliers = outliers};
}

core::Schedule log_variance(const optim::Drift& drift, std::uint64_t seed, std::uint64_t index,
                            double phase) {
  return core::parse_schedule(log_variance_text(drift, phase), {.seed = seed, .index = index});
}

TrackingWorld::TrackingWorld(const TrackingTask& task, std::uint64_t seed)
    : walk_(task.walk),
      noise_(task.noise),
      drifting_(task.drifting),
      gains_(gains(task.gain, task.dimension)),
      scales_(task.dimension, 1),
      optima_(task.dimension, 0),
      deviations_(task.dimension, 0),
      stream_(seed, core::Purpose::environment) {
  const std::size_t paths = task.shared ? 1 : task.dimension;
  for (std::size_t i = 0; i < paths; ++i)
    log_variances_.push_back(
        log_variance(task.drift, seed, i, task.phase + static_cast<double>(i) / static_cast<double>(paths)));
}

double TrackingWorld::draw_noise() {
  const bool outlier = noise_.outliers > 0 && stream_.uniform() < noise_.outliers;
  return (outlier ? noise_.outlier_sd : noise_.sd) * stream_.normal();
}

double TrackingWorld::shape(double x) {
  if (x - origin_ > kFarthest) {  // only growth gets here, and it is the same in every coordinate
    origin_ += 2 * kFarthest;
    rescaled_ = std::exp(-2 * kFarthest);
  }
  return std::exp((x - origin_) / 2);
}

void TrackingWorld::advance() {
  ++clocks_.updates;
  rescaled_ = 1;
  double s = 1;
  for (std::size_t i = 0; i < size(); ++i) {
    if (i < log_variances_.size()) s = shape(log_variances_[i].at(clocks_));
    const bool whole = drifting_ == Drifting::gradient;
    scales_[i] = gains_[i] * (whole ? s : 1);
    optima_[i] += walk_ * stream_.normal();
    deviations_[i] = draw_noise() * (whole ? 1 : s);
  }
}

double TrackingWorld::loss(std::span<const double> theta) const {
  double sum = 0;
  for (std::size_t i = 0; i < size(); ++i) sum += (theta[i] - optima_[i]) * (theta[i] - optima_[i]);
  return sum / static_cast<double>(size());
}

void follow(const TrackingWorld& world, const Learner& learner, std::span<double> theta,
            std::span<double> gradient) {
  const auto& [optimizer, told_scale] = learner;
  for (std::size_t i = 0; i < world.size(); ++i)
    gradient[i] = (told_scale ? 1 : world.scale(i)) * world.seen_distance(theta[i], i);
  if (world.rescaled() != 1 && !told_scale) optimizer->rescale_v(world.rescaled());
  optimizer->step(theta, gradient, world.clocks());
}

std::vector<double> tracking_losses(const TrackingTask& task, std::uint64_t seed,
                                    std::span<const Learner> learners) {
  TrackingWorld world(task, seed);
  std::vector<std::vector<double>> thetas(learners.size(), std::vector<double>(task.dimension));
  std::vector<double> gradient(task.dimension), losses(learners.size());
  for (int t = 0; t < task.updates; ++t) {
    world.advance();
    for (std::size_t k = 0; k < learners.size(); ++k) {
      follow(world, learners[k], thetas[k], gradient);
      losses[k] += world.loss(thetas[k]) / task.updates;
    }
  }
  return losses;
}

std::vector<double> tracking_regrets(const TrackingTask& task, std::uint64_t seed,
                                     std::span<const MakeOptimizer> optimizers) {
  constexpr int kRates = 9;
  const MakeOptimizer oracle = [](double lr, std::size_t size) {
    return optim::make_optimizer<double>({.recipe = "sgd", .lr = lr}, size);
  };
  std::vector<Learner> learners;
  for (std::size_t k = 0; k <= optimizers.size(); ++k)
    for (int i = 0; i < kRates; ++i) {
      const double lr = task.walk * std::exp2((i - kRates / 2) / 2.0);
      const bool is_oracle = k == optimizers.size();
      learners.push_back({(is_oracle ? oracle : optimizers[k])(lr, task.dimension), is_oracle});
    }
  const auto losses = tracking_losses(task, seed, learners);
  const auto best = [&](std::size_t k) {
    return std::ranges::min(std::span(losses).subspan(k * kRates, kRates));
  };
  std::vector<double> regrets;
  for (std::size_t k = 0; k < optimizers.size(); ++k) regrets.push_back(best(k) / best(optimizers.size()));
  return regrets;
}

}  // namespace rhoam::lab
