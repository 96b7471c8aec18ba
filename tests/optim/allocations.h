#pragma once
#include <cstddef>

namespace rhoam::optim {

/// How often this program has called operator new.
std::size_t allocations();

}  // namespace rhoam::optim
