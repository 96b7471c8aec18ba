#pragma once
#include <string>

#include "rhoam/agents/networks.h"
#include "rhoam/core/tensors.h"

namespace rhoam::fuzz {

/// The networks that the program holds.
agents::Networks networks();

/// True unless the options ask for a training whose memory is theirs to choose (--hidden 4096,4096, --envs
/// 65536), or for a network of another program: building one is no fault, but no execution for a fuzzer
/// either.
bool asks_for_little(const std::string& options);
/// The same of a checkpoint, whose counts must not be so far ahead that random drifts need seconds to follow.
bool asks_for_little(const core::Tensors& checkpoint);

}  // namespace rhoam::fuzz
