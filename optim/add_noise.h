#pragma once
#include <cstdint>

#include "rhoam/core/schedule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

struct NoiseOptions {
  core::Schedule deviation = 0.0;  ///< σ of every component
  std::uint64_t seed = 0;          ///< of the draws (Purpose::noise)
  std::uint64_t index = 0;         ///< so that two optimizers of one run do not share draws
};

/// u ← u + σz, z standard normal (Neelakantan et al. 2015: σ² = η/(1 + t)^0.55, which is
/// power:from=√η,exponent=0.275,tau=1updates). z is a function of seed, index, update and component alone.
/// Switched off (null) when σ is constant 0.
template <class Scalar>
Stage<Scalar> add_gradient_noise(const NoiseOptions& options);

}  // namespace rhoam::optim
