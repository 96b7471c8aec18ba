#pragma once
#include <cmath>
#include <cstdint>
#include <vector>

#include "rhoam/lab/tracking.h"
#include "rhoam/optim/rms_rule.h"

namespace rhoam::lab {

template <class T>
T logistic(const T& x) {
  using std::exp;
  return T(1) / (T(1) + exp(-x));
}

/// Mean over updates and coordinates of (θ − θ*)² when RMSprop runs through a tracking task: the same value
/// as tracking_losses gives, as a function of logit ρ and log ε. T is a double, or a Dual that carries the
/// derivatives through all updates. Not for growth.
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
