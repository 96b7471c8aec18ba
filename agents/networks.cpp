#include "rhoam/agents/networks.h"

#include <fmt/format.h>

#include <filesystem>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/core/process.h"
#include "rhoam/core/text.h"

namespace rhoam::agents {

const NetworkFactory& find_network(const Networks& networks, const std::string& kind) {
  constexpr const char* kTorch = "torch";  // in a program of its own
  if (const auto found = networks.find(kind); found != networks.end()) return found->second;
  if (kind == kTorch) throw core::NeedsProgram{kTorch, "--network torch"};
  std::vector<std::string> names;
  for (const auto& [name, factory] : networks) names.push_back(name);
  if (std::filesystem::exists(core::sibling_program(kTorch))) names.emplace_back(kTorch);
  throw core::UsageError(fmt::format("--network '{}' is unknown to this program: allowed are {}{}",
                                     core::shortened(kind), core::join(names),
                                     core::did_you_mean(kind, names)));
}

}  // namespace rhoam::agents
