#pragma once
#include <cstddef>

#include "rhoam/bench/turns.h"

namespace rhoam::bench {

/// A step of RMSprop with all extras, as a chain of five stages: clipping by value, coupled decay, division
/// by √v, momentum, decoupled decay.
Body chain_of_five(std::size_t size);

/// The same arithmetic in one hand-written loop.
Body fused_by_hand(std::size_t size);

}  // namespace rhoam::bench
