#pragma once
#include <cstddef>
#include <cstdint>

#include "rhoam/core/schedule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

struct LookaheadOptions {
  std::int64_t every = 5;     ///< k, in updates; 0 is off
  core::Schedule pull = 0.5;  ///< α, in [0, 1]: how far the slow weights move
};

/// Lookahead (Zhang et al. 2019): on every k-th update the slow weights move part of the way to the fast
/// ones, φ ← φ + α(θ − φ), and θ is set to them. Must be last in its chain, since its u makes θ − rate·u land
/// on φ; an update at rate 0 moves nothing. Switched off (null) when k is 0.
template <class Scalar>
Stage<Scalar> lookahead(const LookaheadOptions& options, std::size_t size);

}  // namespace rhoam::optim
