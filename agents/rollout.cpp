#include "rhoam/agents/rollout.h"

#include <algorithm>

namespace rhoam::agents {

Rollout::Rollout(int steps, int rows, int observation_size, int action_size)
    : last_obs(static_cast<std::size_t>(rows) * observation_size),
      steps_(steps),
      rows_(rows),
      observation_size_(observation_size),
      action_size_(action_size) {}

void Rollout::allocate() {
  obs.resize(size() * observation_size_);
  actions.resize(size() * action_size_);
  log_prob.resize(size());
  rewards.resize(size());
  terminated.resize(size());
  truncated.resize(size());
  final_obs_.resize(obs.size());
}

void Rollout::store(const envs::StepBatch& batch) {
  if (rewards.empty()) allocate();
  const std::size_t at = static_cast<std::size_t>(filled_) * rows_;
  std::copy(batch.reward.begin(), batch.reward.end(), rewards.begin() + at);
  std::copy(batch.terminated.begin(), batch.terminated.end(), terminated.begin() + at);
  std::copy(batch.truncated.begin(), batch.truncated.end(), truncated.begin() + at);
  for (int row = 0; row < rows_; ++row)
    if (batch.truncated[row])
      std::copy_n(&batch.final_obs[static_cast<std::size_t>(row) * observation_size_], observation_size_,
                  &final_obs_[truncations_++ * observation_size_]);
  std::copy(batch.obs.begin(), batch.obs.end(), last_obs.begin());
  ++filled_;
}

void Rollout::next_values(std::span<const float> values, std::span<const float> last,
                          std::span<const float> final_values, std::span<float> next) const {
  std::copy(values.begin() + rows_, values.end(), next.begin());
  std::copy(last.begin(), last.end(), next.end() - rows_);
  std::size_t k = 0;
  for (std::size_t at = 0; at < size(); ++at)
    if (truncated[at]) next[at] = final_values[k++];
}

}  // namespace rhoam::agents
