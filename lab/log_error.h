#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "rhoam/optim/timescale.h"

namespace rhoam::lab {

/// Number of independent drifts simulated side by side per seed.
inline constexpr std::size_t kCopies = 16;

/// Mean squared error of log v as an estimate of log σ_t², one per memory n of RMSprop, under gradients σ_t·z
/// of a drifting scale. The first fifth of the updates fills the memories and does not count.
std::vector<double> errors_of_log_v(const optim::Drift& drift, int updates, std::uint64_t seed,
                                    std::span<const double> memories);

/// The x of the least y, by a parabola through the least value and its neighbours, both axes logarithmic.
/// `xs` are evenly spaced in the logarithm; a least value at either end is taken as it is.
double lowest_point(std::span<const double> xs, std::span<const double> ys);

}  // namespace rhoam::lab
