#pragma once
#include <cstddef>

#include "rhoam/bench/turns.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::bench {

/// The step of the same recipe in torch::optim on one thread, over one flat tensor or, if `size` is that of a
/// 4-64-64-2 network, over its six; empty if torch::optim has no such recipe.
Body torch_peer(const optim::OptimizerConfig& config, std::size_t size);

}  // namespace rhoam::bench
