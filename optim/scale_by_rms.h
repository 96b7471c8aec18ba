#pragma once
#include <cstddef>

#include "core/schedule.h"
#include "optim/transform.h"

namespace rhoam::optim {

/// Where ε stands: √v + ε (PyTorch, Keras) or √(v + ε) (TensorFlow 1, optax).
enum class EpsPlace { outside, inside };

/// What makes up for the first v: nothing; the memory grows with t, ρ_t = min(ρ, 1 − 1/t); or v̂ = v/(1 − ρ^t)
/// as in Adam.
enum class BiasCorrection { none, capped, debiased };

struct RmsOptions {
  core::Schedule rho = 0.99;  ///< decay of v, in [0, 1)
  core::Schedule eps = 1e-8;
  EpsPlace eps_place = EpsPlace::outside;
  BiasCorrection bias_correction = BiasCorrection::capped;
  double first_v = 0;
  bool centered = false;  ///< divides by the standard deviation √(v − ḡ²) instead of the root mean square
};

/// RMSprop (Tieleman & Hinton 2012; centered: Graves 2013, eq. 38–40): v ← ρv + (1 − ρ)u², u ← u/(√v + ε).
/// Unlike PyTorch, v − ḡ² is held at 0 where rounding makes it negative, and 0/0 is 0, so zero gradients
/// never give NaN.
template <class Scalar>
Stage<Scalar> scale_by_rms(const RmsOptions& options, std::size_t size);

}  // namespace rhoam::optim
