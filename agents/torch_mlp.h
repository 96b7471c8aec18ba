#pragma once
#include <memory>

#include "rhoam/agents/mlp.h"
#include "rhoam/agents/network.h"
#include "rhoam/core/random.h"

namespace rhoam::agents {

/// make_mlp's twin in LibTorch: the same shape, the same parameter blocks in the same layout, the same start
/// for the same stream.
std::unique_ptr<Network> make_torch_mlp(const MlpSpec&, core::Stream&);

}  // namespace rhoam::agents
