#pragma once
#include <algorithm>
#include <cmath>

namespace rhoam::agents {

/// Contribution of one sample to the loss of a policy.
struct PolicyTerm {
  float loss;
  float d_log_prob;      ///< d loss/d log π(a|s)
  float kl = 0;          ///< estimate of KL[π_old ‖ π]
  bool outside = false;  ///< whether the ratio is beyond the clip range
};

/// −log π(a|s) A, whose gradient is the policy gradient (Mnih et al. 2016, Williams 1992).
inline PolicyTerm policy_gradient(float log_prob, float advantage) {
  return {.loss = -(log_prob * advantage), .d_log_prob = -advantage};
}

/// −min(r A, clip(r, 1 − c, 1 + c) A) with r = π(a|s)/π_old(a|s) (Schulman et al. 2017, eq. 7). No gradient
/// where the clipped side is the smaller one. `kl` is r − 1 − log r, unbiased and never negative (Schulman
/// 2020, "Approximating KL divergence").
inline PolicyTerm clipped_surrogate(float log_prob, float old_log_prob, float advantage, float clip) {
  const float log_ratio = log_prob - old_log_prob;
  const float ratio = std::exp(log_ratio);
  const bool held = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip;
  return {.loss = -std::min(ratio * advantage, std::clamp(ratio, 1 - clip, 1 + clip) * advantage),
          .d_log_prob = held ? 0 : -advantage * ratio,
          .kl = std::expm1(log_ratio) - log_ratio,  // exact near 0, where r − 1 would be rounded away
          .outside = std::abs(ratio - 1) > clip};
}

/// Contribution of one sample to the loss of a critic, which is half the squared error.
struct ValueTerm {
  float squared_error;
  float d_value;  ///< d(½ squared_error)/dV
};

/// (V − R)².
inline ValueTerm value_error(float value, float target) {
  const float error = value - target;
  return {.squared_error = error * error, .d_value = error};
}

/// max((V − R)², (V_c − R)²), where V_c is V clamped to within `limit` > 0 of its old value, as in OpenAI
/// baselines and CleanRL. Stable-Baselines3 uses (V_c − R)² alone.
inline ValueTerm clipped_value(float value, float old_value, float target, float limit) {
  const float error = value - target;
  const float move = value - old_value;
  const float held_error = error - move + std::clamp(move, -limit, limit);
  const bool held = std::abs(move) > limit && held_error * held_error > error * error;
  return {.squared_error = std::max(error * error, held_error * held_error), .d_value = held ? 0 : error};
}

}  // namespace rhoam::agents
