#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "rhoam/core/clock.h"
#include "rhoam/core/random.h"
#include "rhoam/core/schedule.h"
#include "rhoam/optim/optimizer.h"
#include "rhoam/optim/rms_rule.h"
#include "rhoam/optim/timescale.h"

namespace rhoam::lab {

/// x_t = log σ_t² as a schedule on the clock of updates; a sine starts `phase` periods into its course, a
/// random path has its own stream, number `index`. Throws UsageError for a timescale below 1.
core::Schedule log_variance(const optim::Drift& drift, std::uint64_t seed, std::uint64_t index = 0,
                            double phase = 0);

/// z: normal, and sometimes an outlier from another normal distribution.
struct Noise {
  double sd = 1;          ///< standard deviation
  double outlier_sd = 1;  ///< that of an outlier
  double outliers = 0;    ///< share of outliers, below 1
};

/// Noise of variance 1 with this kurtosis, from 3 to 3/outliers. Throws UsageError.
Noise heavy_tailed(double kurtosis, double outliers = 0.01);

/// The part that s multiplies: all of g, or the noise alone.
enum class Drifting { gradient, noise };

/// The noisy tracking quadratic. In every coordinate the optimum θ* walks, and its distance is seen through
/// noise: g = b·s·(θ − θ* + z) with the coordinate's gain b and s = e^(x/2), where x drifts; or
/// b·(θ − θ* + s·z).
struct TrackingTask {
  optim::Drift drift = {};  ///< of x; the kurtosis of z is that of `noise`
  double phase = 0;         ///< of a sine at the start, in periods
  Drifting drifting = Drifting::gradient;
  Noise noise = {};
  bool shared = true;  ///< one x for all coordinates instead of one for each
  std::size_t dimension = 20;
  double gain = 10;    ///< b runs from 1/gain to gain
  double walk = 0.05;  ///< standard deviation of a step of θ*
  int updates = 10000;
};

/// The world of a task, update by update. The same seed gives the same world.
class TrackingWorld {
 public:
  TrackingWorld(const TrackingTask& task, std::uint64_t seed);

  /// Advances to the next update, whose draws do not depend on θ.
  void advance();
  std::size_t size() const { return gains_.size(); }
  /// b·s of coordinate i; b when only the noise drifts.
  double scale(std::size_t i) const { return scales_[i]; }
  double optimum(std::size_t i) const { return optima_[i]; }
  /// θ_i − θ*_i + z_i or s·z_i: g without the scale, for numbers and duals.
  template <class T>
  T seen_distance(const T& theta, std::size_t i) const {
    return theta - T(optima_[i] - deviations_[i]);
  }
  /// Mean over coordinates of (θ − θ*)².
  double loss(std::span<const double> theta) const;
  /// Growth would overflow, so now and then s² is divided by a constant; v must be multiplied by this factor
  /// at that update. Else 1.
  double rescaled() const { return rescaled_; }
  const core::Clocks& clocks() const { return clocks_; }

 private:
  double shape(double x);
  double draw_noise();

  double walk_;
  Noise noise_;
  Drifting drifting_;
  std::vector<core::Schedule> log_variances_;
  std::vector<double> gains_, scales_, optima_, deviations_;
  core::Stream stream_;
  core::Clocks clocks_;
  double origin_ = 0;  // the x at which s is 1
  double rescaled_ = 1;
};

/// An optimizer with its own θ, starting at θ* = 0.
struct Learner {
  std::unique_ptr<optim::Optimizer<double>> optimizer;
  bool told_scale = false;  ///< is given g/(b·s): the oracle
};

/// One update of θ in the current world; `gradient` is scratch space of the same size.
void follow(const TrackingWorld& world, const Learner& learner, std::span<double> theta,
            std::span<double> gradient);

/// Mean over updates of each learner's loss, measured after its update. All see the same world.
std::vector<double> tracking_losses(const TrackingTask& task, std::uint64_t seed,
                                    std::span<const Learner> learners);

/// Makes an optimizer of `size` parameters with this learning rate.
using MakeOptimizer = std::function<std::unique_ptr<optim::Optimizer<double>>(double lr, std::size_t size)>;

/// Regret of each optimizer relative to the oracle: loss ratio, both at the best of 9 learning rates from a
/// quarter of `walk` to four times `walk`. The best rate is close to `walk`, the Kalman gain of the steady
/// state, as long as `walk` is small. For RMSprop the excess over 1 is an eighth of the mean squared error of
/// log v.
std::vector<double> tracking_regrets(const TrackingTask& task, std::uint64_t seed,
                                     std::span<const MakeOptimizer> optimizers);

template <class T>
T logistic(const T& x) {
  using std::exp;
  return T(1) / (T(1) + exp(-x));
}

/// Mean over updates and coordinates of (θ − θ*)² when RMSprop runs through a tracking task: the value of
/// tracking_losses, as a function of logit ρ and log ε. T is a double, or a Dual that carries the derivatives
/// through all updates. Not for growth.
template <class T>
T unrolled_loss(const TrackingTask& task, std::uint64_t seed, double lr, const T& logit_rho,
                const T& log_eps) {
  using std::exp;
  constexpr auto kCorrection = optim::BiasCorrection::capped;
  const T rho = logistic(logit_rho), eps = exp(log_eps);
  TrackingWorld world(task, seed);
  std::vector<T> theta(task.dimension), v(task.dimension);
  T sum(0);
  for (int t = 1; t <= task.updates; ++t) {
    world.advance();
    const optim::RmsRule<T> rule(optim::rho_at(rho, t, kCorrection), eps, optim::EpsPlace::outside, T(0),
                                 kCorrection);
    for (std::size_t i = 0; i < task.dimension; ++i) {
      const T gradient = T(world.scale(i)) * world.seen_distance(theta[i], i);
      theta[i] -= T(lr) * rule.plain(gradient, v[i]);
      const T distance = theta[i] - T(world.optimum(i));
      sum += distance * distance;
    }
  }
  return sum / T(static_cast<double>(task.updates) * static_cast<double>(task.dimension));
}

}  // namespace rhoam::lab
