#pragma once
#include <cstddef>
#include <vector>

#include "rhoam/optim/scale_by_rms.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

/// RMSprop with one v for each group of parameters: v ← ρv + (1 − ρ)·mean of u² over the group, and every u
/// of the group is divided by √v + ε. One group for each layer keeps the proportions within a layer, as LAMB
/// (You et al. 2020) and Adam-mini (Zhang et al. 2024) do; one group of all keeps the direction of the
/// gradient. `groups` contains the index of the first parameter of each group: 0 first, then increasing,
/// below `size`; throws std::invalid_argument otherwise, and UsageError when `options.centered`, which has no
/// pooled form.
template <class Scalar>
Stage<Scalar> scale_by_pooled_rms(const RmsOptions& options, const std::vector<std::size_t>& groups,
                                  std::size_t size);

}  // namespace rhoam::optim
