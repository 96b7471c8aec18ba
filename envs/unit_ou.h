#pragma once
#include <array>
#include <cmath>
#include <cstddef>

#include "rhoam/core/random.h"
#include "rhoam/envs/state_io.h"

namespace rhoam::envs {

/// K independent Ornstein-Uhlenbeck processes, stationary with N(0, 1).
template <std::size_t K>
struct UnitOu {
  std::array<double, K> values{};

  /// Draws the initial values.
  void start(core::Draws& draws) {
    for (double& value : values) value = draws.normal();
  }
  /// Advances by one unit of time, by the exact solution.
  void move(double correlation_time, core::Draws& draws) {
    const double kept = std::exp(-1 / correlation_time);
    const double kick = std::sqrt(-std::expm1(-2 / correlation_time));
    for (double& value : values) value = kept * value + kick * draws.normal();
  }
  void save(Words& out) const {
    for (const double value : values) out.put(value);
  }
  /// Throws CorruptError on a value that is not finite.
  void load(WordReader& in) {
    for (double& value : values) {
      value = in.real();
      if (!std::isfinite(value)) throw core::CorruptError("the saved world holds a value that is not finite");
    }
  }
};

}  // namespace rhoam::envs
