#pragma once
#include <span>

namespace rhoam::envs {

/// Gymnasium's hand-written lander pilot: a test oracle and a yardstick (mean return about 240 discrete, 283
/// continuous). `obs` is the observation [8]; `action` [1] gets 0 … 3, or [2] gets main and lateral throttle
/// when `continuous`.
void lander_heuristic(std::span<const float> obs, bool continuous, std::span<float> action);

}  // namespace rhoam::envs
