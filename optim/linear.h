#pragma once
#include "rhoam/core/schedule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

/// u ← u + factor·weight·θ: L2 decay of the parameters. Before the accumulator it is coupled (PyTorch's
/// `weight_decay`), after it decoupled (AdamW, Loshchilov & Hutter 2019). Switched off (null) when the weight
/// is constant 0.
template <class Scalar>
Stage<Scalar> add_decayed_weights(const core::Schedule& weight, const core::Schedule& factor = 1.0);

/// u ← factor·u, for a learning rate in front of the momentum or the sign of an ascent. Null when it is
/// constant 1.
template <class Scalar>
Stage<Scalar> scale_by(const core::Schedule& factor);

}  // namespace rhoam::optim
