#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rhoam/core/tensors.h"
#include "rhoam/envs/vector_env.h"

namespace rhoam::agents {

/// T time slices of N rows, filled one slice at a time. Arrays are [T, N, …], time slice after time slice.
/// They are allocated with the first slice, so that an agent that only plays uses no memory.
class Rollout {
 public:
  Rollout(int steps, int rows, int observation_size, int action_size);

  int steps() const { return steps_; }
  int rows() const { return rows_; }
  std::size_t size() const { return static_cast<std::size_t>(steps_) * rows_; }
  bool full() const { return filled_ == steps_; }
  void clear() { filled_ = 0, truncations_ = 0; }

  /// The current slice, to be written before `store`: observation [N, D], action [N, A], log π [N].
  std::span<float> slice_obs() { return slice(obs, observation_size_); }
  std::span<float> slice_actions() { return slice(actions, action_size_); }
  std::span<float> slice_log_prob() { return slice(log_prob, 1); }
  /// Completes the current slice with the environments' response.
  void store(const envs::StepBatch& batch);

  /// Observations of episodes cut by the time limit [K, D], in the order in which `store` received them.
  std::span<const float> final_obs() const {
    return std::span(final_obs_).first(truncations_ * observation_size_);
  }
  std::size_t truncations() const { return truncations_; }
  /// V(s_{t+1}) of every step [T, N] from V(s_t) [T, N], V after the last slice [N] and V(final_obs) [K].
  void next_values(std::span<const float> values, std::span<const float> last,
                   std::span<const float> final_values, std::span<float> next) const;

  std::vector<float> obs, actions, log_prob, rewards;
  std::vector<std::uint8_t> terminated, truncated;
  std::vector<float> last_obs;  ///< [N, D], the observation after the last slice stored

 private:
  void allocate();
  std::span<float> slice(std::vector<float>& array, int width) {
    if (rewards.empty()) allocate();
    const std::size_t size = static_cast<std::size_t>(rows_) * width;
    return std::span(array).subspan(filled_ * size, size);
  }

  int steps_, rows_, observation_size_, action_size_;
  int filled_ = 0;
  std::size_t truncations_ = 0;
  std::vector<float> final_obs_;
};

}  // namespace rhoam::agents
