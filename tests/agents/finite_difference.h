#pragma once
#include <cmath>
#include <functional>
#include <span>

namespace rhoam::agents {

/// dL/dx_i by central differences on a value that `loss` reads.
inline double finite_difference(float& x, const std::function<double()>& loss, float step = 1e-2f) {
  const float at = x;
  x = at + step;
  const double above = loss();
  const double high = x;
  x = at - step;
  const double below = loss();
  const double low = x;
  x = at;
  return (above - below) / (high - low);
}

}  // namespace rhoam::agents
