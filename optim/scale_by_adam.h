#pragma once
#include <cstddef>

#include "rhoam/core/schedule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

struct AdamOptions {
  core::Schedule beta1 = 0.9;  ///< decay of the mean m
  core::Schedule rho = 0.999;  ///< β₂, decay of v
  core::Schedule eps = 1e-8;
  bool amsgrad =
      false;  ///< divides by the largest v so far (Reddi et al. 2018), as in PyTorch before bias correction
};

/// Adam (Kingma & Ba 2015): u ← m̂/(√v̂ + ε), both means corrected for their start at 0. 0/0 is 0.
template <class Scalar>
Stage<Scalar> scale_by_adam(const AdamOptions& options, std::size_t size);

}  // namespace rhoam::optim
