#pragma once
#include <map>
#include <string>

#include "rhoam/agents/config.h"

namespace rhoam::agents {

/// The network implementations that a program holds, by the name that `--network` takes.
using Networks = std::map<std::string, NetworkFactory>;

/// The factory of a kind. Throws core::NeedsProgram where a sibling of this program has it, else UsageError
/// that names the kinds that there are.
const NetworkFactory& find_network(const Networks& networks, const std::string& kind);

}  // namespace rhoam::agents
