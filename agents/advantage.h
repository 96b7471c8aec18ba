#pragma once
#include <cstdint>
#include <span>

namespace rhoam::agents {

/// One rollout as the advantage needs it. Arrays are [T, N], time slice after time slice.
struct GaeInput {
  int steps = 0;                       ///< T
  int rows = 0;                        ///< N
  std::span<const float> rewards;      ///< [T, N]
  std::span<const float> values;       ///< [T, N], V(s_t)
  std::span<const float> next_values;  ///< [T, N], V of the state that the step led to: V(final_obs) where
                                       ///< truncated; ignored where terminated
  std::span<const std::uint8_t> terminated;  ///< [T, N]
  std::span<const std::uint8_t> truncated;   ///< [T, N]
  float gamma = 0.99f;
  float lambda = 0.95f;
};

/// Generalised advantage estimation (Schulman et al. 2016, eq. 16): A_t = Σ_k (γλ)^k δ_{t+k} within the
/// episode, with δ_t = r_t + γ V(s_{t+1}) − V(s_t). A terminated state has value 0; a truncated one keeps its
/// own, so the time limit is not learned as a death. λ = 1 gives n-step returns minus the baseline. Writes
/// `advantages` [T, N].
void gae(const GaeInput& in, std::span<float> advantages);

/// Subtracts from each value the mean of the others, x ← (x − mean)·B/(B − 1), in place: a baseline that is
/// unbiased where samples are independent (Kool et al. 2019). Leaves fewer than two values unchanged.
void center(std::span<float> values);

/// (x − mean)/(standard deviation + 1e-8), in place; leaves fewer than two values unchanged.
void standardise(std::span<float> values);

}  // namespace rhoam::agents
