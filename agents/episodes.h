#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "rhoam/core/tensors.h"
#include "rhoam/envs/vector_env.h"

namespace rhoam::agents {

/// Collects whole episodes from N rows: steps wait in their row until the episode ends, then move to the
/// batch.
class Episodes {
 public:
  Episodes(int rows, int observation_size, const envs::ActionSpace& space);

  /// Records the observation and action of each row: obs [N, D], actions [N, A].
  void act(std::span<const float> obs, std::span<const float> actions);
  /// Records the rewards. For every episode that ends, `bootstrap(row)` returns the value of its last state,
  /// and its discounted returns join the batch: G_t = r_t + γ G_{t+1}.
  template <class Bootstrap>
  void observe(const envs::StepBatch& batch, float gamma, Bootstrap&& bootstrap) {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      rows_[row].rewards.push_back(batch.reward[row]);
      if (batch.ended(static_cast<int>(row))) finish(rows_[row], gamma, bootstrap(static_cast<int>(row)));
    }
  }
  int finished() const { return finished_; }
  /// Clears the batch; running episodes stay.
  void clear();
  /// Saves the running episodes; the batch must be empty.
  void save(core::Tensors& out) const;
  /// Throws CorruptError unless lengths and sizes agree, actions are in the space and the rest is finite.
  void load(const core::Tensors& in);

  std::vector<float> obs, actions, returns;  ///< the batch: [B, D], [B, A], [B]

 private:
  struct Row {
    std::vector<float> obs, actions, rewards;
  };
  void finish(Row& row, float gamma, float value);

  int observation_size_, action_size_;
  envs::ActionSpace space_;
  int finished_ = 0;
  std::vector<Row> rows_;
};

}  // namespace rhoam::agents
