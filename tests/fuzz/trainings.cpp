#include "rhoam/tests/fuzz/trainings.h"

#include <algorithm>
#include <cstring>

#include "rhoam/agents/mlp.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/options.h"
#include "rhoam/core/text.h"

namespace rhoam::fuzz {
namespace {

constexpr int kMostRows = 8, kMostWidth = 64, kMostLayers = 4, kMostRollout = 256;
constexpr std::int64_t kMostCounted = 1 << 16;

bool is_narrow(const std::string& hidden) {
  const auto widths = core::split(hidden, ',');
  return widths.size() <= kMostLayers && std::ranges::all_of(widths, [](const auto& width) {
           return core::parse_integer<int>(width).value_or(0) <= kMostWidth;
         });
}

}  // namespace

agents::Networks networks() { return {{"mlp", agents::make_mlp}}; }

bool asks_for_little(const std::string& text) {
  int rows = 0, rollout = 0;
  std::string hidden, network;
  core::Options options;
  options.add("envs", rows, "");
  options.add("rollout-steps", rollout, "");
  options.add("hidden", hidden, "");
  options.add("network", network, "");
  try {
    options.read_config_text(text, "options", core::Unknown::skip);
    options.apply();
  } catch (const core::UsageError&) {
    return true;  // will be refused
  }
  return (network.empty() || network == "mlp") && rows <= kMostRows && rollout <= kMostRollout &&
         is_narrow(hidden);
}

bool asks_for_little(const core::Tensors& checkpoint) {
  const auto options = checkpoint.metadata.find("options");
  if (options != checkpoint.metadata.end() && !asks_for_little(options->second)) return false;
  for (const auto& [name, tensor] : checkpoint.all()) {
    if (!name.ends_with("clocks") && !name.ends_with("updates")) continue;
    for (std::size_t at = 0; at + sizeof(std::int64_t) <= tensor.bytes.size(); at += sizeof(std::int64_t)) {
      std::int64_t count;
      std::memcpy(&count, &tensor.bytes[at], sizeof count);
      if (count > kMostCounted) return false;
    }
  }
  return true;
}

}  // namespace rhoam::fuzz
