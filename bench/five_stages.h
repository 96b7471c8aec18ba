#pragma once
#include <cstddef>

#include "rhoam/bench/turns.h"

namespace rhoam::bench {

/// Steps of RMSprop with everything around it: clipping by value, coupled decay, division by √v, momentum,
/// decoupled decay; as a chain of five stages.
Body chain_of_five(std::size_t size);

/// The same arithmetic in one loop, by hand.
Body fused_by_hand(std::size_t size);

}  // namespace rhoam::bench
