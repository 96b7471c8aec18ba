#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "rhoam/core/clock.h"
#include "rhoam/core/tensors.h"
#include "rhoam/core/thread_pool.h"

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
  /// Large vectors are stepped by all threads of the pool, with identical results; null: by the caller alone.
  /// Borrowed; it must not be running a loop when step is called.
  virtual void set_pool(core::ThreadPool* pool) = 0;
  /// v ← factor·v in every accumulator of squares, for a world that is known to have changed scale; 0 forgets
  /// it and starts the bias correction again.
  virtual void rescale_v(double factor) = 0;

  // Results of the last step.

  /// Norm of the gradient before clipping; NaN when no stage computed it.
  virtual double gradient_norm() const = 0;
  /// Effective memory of v, 1/(1 − ρ_t) or that of an automatic ρ, in updates; NaN without one.
  virtual double memory() const = 0;
  /// √v̂ and the effective learning rate lr/(√v̂ + ε) of each parameter, both [P]; false, and nothing written,
  /// for an optimizer that does not divide by √v.
  virtual bool inspect(std::span<Scalar> root_v, std::span<Scalar> effective_rate) const = 0;

  /// State by name (update count, v, momentum …) under `prefix`. `load` throws CorruptError on another recipe
  /// or size and then changes nothing.
  virtual void save(core::Tensors& out, const std::string& prefix) const = 0;
  virtual void load(const core::Tensors& in, const std::string& prefix) = 0;
};

}  // namespace rhoam::optim
