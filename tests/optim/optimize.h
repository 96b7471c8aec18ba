#pragma once
#include <cstdint>
#include <random>
#include <vector>

#include "rhoam/core/random.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::optim {

/// θ after one step from 0 with this gradient in every component, [size].
inline std::vector<double> first_step(const OptimizerConfig& config, const std::vector<double>& gradient) {
  std::vector<double> theta(gradient.size());
  make_optimizer<double>(config, theta.size())->step(theta, gradient, {});
  return theta;
}

/// θ of one parameter that starts at `theta`, after these gradients.
inline double run(const OptimizerConfig& config, const std::vector<double>& gradients, double theta = 0) {
  const auto optimizer = make_optimizer<double>(config, 1);
  core::Clocks clocks;
  for (const double& gradient : gradients) {
    optimizer->step({&theta, 1}, {&gradient, 1}, clocks);
    ++clocks.updates;
  }
  return theta;
}

/// Normal draws over six decades of scale, the same for an index whatever the size.
template <class Scalar>
std::vector<Scalar> noise(std::uint64_t seed, std::size_t size) {
  core::Stream stream(seed);
  std::vector<Scalar> values(size);
  double scale = 1e-4;
  for (Scalar& value : values) {
    value = static_cast<Scalar>(scale * stream.normal());
    scale = scale > 1e2 ? 1e-4 : scale * 10;
  }
  return values;
}

/// Steps first … last−1 on noise.
template <class Scalar>
void walk(Optimizer<Scalar>& optimizer, std::vector<Scalar>& theta, int first, int last) {
  for (int t = first; t < last; ++t)
    optimizer.step(theta, noise<Scalar>(static_cast<std::uint64_t>(t), theta.size()), {.updates = t});
}

}  // namespace rhoam::optim
