#include "rhoam/lab/log_error.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "rhoam/lab/tracking.h"
#include "rhoam/optim/recipes.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

/// Accumulators of several memories under the same gradients.
class Accumulators {
 public:
  explicit Accumulators(std::span<const double> memories) : squared_errors_(memories.size()) {
    for (const double memory : memories)
      optimizers_.push_back(optim::make_optimizer<double>(
          {.lr = 0.0, .rho = optim::rho_of_memory(memory), .eps = 0.0}, kCopies));
  }

  void step(const TrackingWorld& world) {
    for (std::size_t i = 0; i < kCopies; ++i) gradient_[i] = world.scale(i) * world.seen_distance(0.0, i);
    for (const auto& optimizer : optimizers_) {
      if (world.rescaled() != 1) optimizer->rescale_v(world.rescaled());
      optimizer->step(theta_, gradient_, world.clocks());
    }
  }

  void measure(const TrackingWorld& world) {
    for (std::size_t k = 0; k < optimizers_.size(); ++k) {
      optimizers_[k]->inspect(root_v_, effective_rate_);
      for (std::size_t i = 0; i < kCopies; ++i) {
        const double error = 2 * std::log(root_v_[i] / world.scale(i));
        squared_errors_[k] += error * error;
      }
    }
    count_ += kCopies;
  }

  std::vector<double> mean_squared_errors() const {
    std::vector<double> means = squared_errors_;
    for (double& mean : means) mean /= static_cast<double>(count_);
    return means;
  }

 private:
  std::vector<std::unique_ptr<optim::Optimizer<double>>> optimizers_;
  std::vector<double> squared_errors_;
  std::size_t count_ = 0;
  std::vector<double> theta_ = std::vector<double>(kCopies), gradient_ = theta_, root_v_ = theta_,
                      effective_rate_ = theta_;
};

}  // namespace

std::vector<double> errors_of_log_v(const optim::Drift& drift, int updates, std::uint64_t seed,
                                    std::span<const double> memories) {
  constexpr int kEvery = 4;  // neighbouring errors are nearly the same
  TrackingWorld world({.drift = drift,
                       .noise = heavy_tailed(drift.kurtosis),
                       .shared = false,
                       .dimension = kCopies,
                       .walk = 0},
                      seed);
  Accumulators accumulators(memories);
  for (int t = 1; t <= updates; ++t) {
    world.advance();
    accumulators.step(world);
    if (t > updates / 5 && t % kEvery == 0) accumulators.measure(world);
  }
  return accumulators.mean_squared_errors();
}

double lowest_point(std::span<const double> xs, std::span<const double> ys) {
  const auto i = static_cast<std::size_t>(std::ranges::min_element(ys) - ys.begin());
  if (i == 0 || i + 1 == ys.size()) return xs[i];
  const double left = std::log(ys[i - 1] / ys[i]), right = std::log(ys[i + 1] / ys[i]);
  return xs[i] * std::pow(xs[i + 1] / xs[i], (left - right) / (left + right) / 2);
}

}  // namespace rhoam::lab
