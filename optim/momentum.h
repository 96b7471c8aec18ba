#pragma once
#include <cstddef>

#include "rhoam/core/schedule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

struct MomentumOptions {
  core::Schedule momentum = 0.9;  ///< μ, in [0, 1)
  bool ema = false;               ///< (1 − μ)u instead of u enters, which keeps the step's size
  double dampening = 0;           ///< PyTorch's SGD: (1 − dampening)u enters, except at the first update
  bool nesterov = false;          ///< looks ahead: u ← u + μm (PyTorch's form)
};

/// Momentum (Polyak 1964): m ← μm + u, u ← m. Switched off (null) when the momentum is constant 0.
template <class Scalar>
Stage<Scalar> trace(const MomentumOptions& options, std::size_t size);

}  // namespace rhoam::optim
