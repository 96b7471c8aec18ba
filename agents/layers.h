#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "agents/network.h"

namespace rhoam::agents {

/// A run of a network's flat vector of parameters.
struct Layer {
  std::string name;
  std::size_t begin, size;
};

/// The parameter blocks of the same name up to its last dot, such as "layer0", one after the other; the free
/// parameters of a policy are the layer "log_std".
std::vector<Layer> layers_of(const std::vector<ParameterBlock>& blocks);

}  // namespace rhoam::agents
