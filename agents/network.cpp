#include "rhoam/agents/network.h"

namespace rhoam::agents {
namespace {

std::string layer_of(const ParameterBlock& block) {
  return block.name == "free" ? "log_std" : block.name.substr(0, block.name.rfind('.'));
}

}  // namespace

std::vector<Layer> layers_of(const std::vector<ParameterBlock>& blocks) {
  std::vector<Layer> layers;
  std::size_t begin = 0;
  for (const auto& block : blocks) {
    const std::string name = layer_of(block);
    if (layers.empty() || layers.back().name != name) layers.push_back({name, begin, 0});
    layers.back().size += size_of(block);
    begin += size_of(block);
  }
  return layers;
}

}  // namespace rhoam::agents
