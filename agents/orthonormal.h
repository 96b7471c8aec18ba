#pragma once
#include <vector>

#include "rhoam/core/random.h"

namespace rhoam::agents {

/// `count` ≤ `length` orthonormal vectors, uniformly distributed: Gram–Schmidt in double on vectors of
/// Gaussian draws, count·length of them in order. 2048 vectors of length 2048 take less than a second.
std::vector<std::vector<double>> orthonormal(int count, int length, core::Stream& stream);

}  // namespace rhoam::agents
