#pragma once
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "rhoam/optim/rho.h"
#include "rhoam/tests/optim/stages.h"

namespace rhoam::optim {

/// One stage that descends with rate 1.
template <class Scalar>
Chain<Scalar> alone(Stage<Scalar> stage, std::size_t size) {
  return chain<Scalar>(size, std::move(stage));
}

/// Standard normal gradients whose scale switches between 10 and 0.1 every `dwell` updates.
inline std::vector<double> switching(int t, int dwell, std::size_t size) {
  core::Stream stream(static_cast<std::uint64_t>(t));
  std::vector<double> gradient(size);
  for (double& g : gradient) g = (t / dwell % 2 == 0 ? 10 : 0.1) * stream.normal();
  return gradient;
}

/// The step that an optimizer takes.
template <class Scalar>
std::vector<Scalar> step_of(Optimizer<Scalar>& optimizer, const std::vector<Scalar>& gradient) {
  std::vector<Scalar> theta(gradient.size());
  optimizer.step(theta, gradient, {});
  for (Scalar& x : theta) x = -x;
  return theta;
}

/// v[i] becomes the average of memory n, which is plain until t = n.
inline void take_in(std::vector<double>& v, const std::vector<double>& g, double n, int t) {
  for (std::size_t i = 0; i < v.size(); ++i) v[i] += (g[i] * g[i] - v[i]) / std::min(n, double(t));
}

}  // namespace rhoam::optim
