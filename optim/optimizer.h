#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "core/clock.h"
#include "core/tensors.h"

namespace rhoam::optim {

/// Steps a flat parameter vector. Scalar is float or double.
template <class Scalar>
class Optimizer {
 public:
  virtual ~Optimizer() = default;
  /// One update: θ ← θ − u(g). `theta` and `gradient` are [P], as at construction. Allocates nothing.
  /// Schedules are read at `clocks`; the optimizer counts its own updates for bias corrections.
  virtual void step(std::span<Scalar> theta, std::span<const Scalar> gradient,
                    const core::Clocks& clocks) = 0;
  /// The learning rate becomes factor·lr; for schedulers that are not core::Schedule. Not part of the state.
  virtual void set_rate_factor(double factor) = 0;
  /// Norm of the gradient of the last step before clipping; NaN when no stage computed it.
  virtual double gradient_norm() const = 0;
  /// State by name (update count, v, momentum …) under `prefix`. `load` throws CorruptError on another recipe
  /// or size and then changes nothing.
  virtual void save(core::Tensors& out, const std::string& prefix) const = 0;
  virtual void load(const core::Tensors& in, const std::string& prefix) = 0;
};

}  // namespace rhoam::optim
