#pragma once
#include <map>
#include <string>

#include "rhoam/agents/config.h"

namespace rhoam::agents {

/// The network implementations of a program, by the name that `--network` takes.
using Networks = std::map<std::string, NetworkFactory>;

/// The factory of a kind. Throws core::NeedsProgram when a sibling of this program has it, else UsageError
/// naming the available kinds.
const NetworkFactory& find_network(const Networks& networks, const std::string& kind);

}  // namespace rhoam::agents
