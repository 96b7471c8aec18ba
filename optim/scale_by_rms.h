#pragma once
#include <cstddef>

#include "rhoam/core/schedule.h"
#include "rhoam/optim/rms_rule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

struct RmsOptions {
  core::Schedule rho = 0.99;  ///< decay of v, in [0, 1)
  core::Schedule eps = 1e-8;
  EpsPlace eps_place = EpsPlace::outside;
  BiasCorrection bias_correction = BiasCorrection::capped;
  double first_v = 0;
  bool centered = false;  ///< divides by the standard deviation √(v − ḡ²), see Centering, instead of √v
};

/// RMSprop, u ← u/(√v + ε), by the rule of optim/rms_rule.h.
template <class Scalar>
Stage<Scalar> scale_by_rms(const RmsOptions& options, std::size_t size);

}  // namespace rhoam::optim
