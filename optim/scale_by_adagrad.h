#pragma once
#include <cstddef>

#include "rhoam/core/schedule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

struct AdagradOptions {
  core::Schedule eps = 1e-10;
  double first_sum = 0;  ///< PyTorch's initial_accumulator_value
  double lr_decay = 0;   ///< PyTorch's: the rate falls as 1/(1 + (t − 1)·lr_decay)
};

/// AdaGrad (Duchi et al. 2011): s ← s + u², u ← u/(√s + ε). 0/0 is 0.
template <class Scalar>
Stage<Scalar> scale_by_adagrad(const AdagradOptions& options, std::size_t size);

}  // namespace rhoam::optim
