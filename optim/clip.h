#pragma once
#include <cstddef>

#include "rhoam/core/schedule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

/// u ← u·min(1, limit/‖u‖), the norm over the whole vector in double; publishes ‖u‖ as the moment's gradient
/// norm. PyTorch divides by ‖u‖ + 1e-6 instead. Switched off (null) when the limit is constant 0.
template <class Scalar>
Stage<Scalar> clip_by_global_norm(const core::Schedule& limit, std::size_t size);

/// u ← clamp(u, −limit, limit); NaN stays NaN. Switched off (null) when the limit is constant 0.
template <class Scalar>
Stage<Scalar> clip_by_value(const core::Schedule& limit);

}  // namespace rhoam::optim
