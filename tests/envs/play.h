#pragma once
#include <memory>
#include <string>
#include <vector>

#include "rhoam/core/random.h"
#include "rhoam/envs/vector_env.h"

namespace rhoam::envs {

/// Uniform actions [N, A] of a space.
inline std::vector<float> random_actions(const ActionSpace& space, int rows, core::Stream& stream) {
  std::vector<float> actions;
  for (int row = 0; row < rows; ++row) {
    if (space.discrete())
      actions.push_back(static_cast<float>(stream.below(static_cast<std::uint64_t>(space.n))));
    for (const auto& [low, high] : space.bounds)
      actions.push_back(static_cast<float>(stream.uniform(low, high)));
  }
  return actions;
}

/// Everything that one step shows, in one list.
inline void append(const StepBatch& batch, std::vector<double>& log) {
  log.insert(log.end(), batch.obs.begin(), batch.obs.end());
  log.insert(log.end(), batch.reward.begin(), batch.reward.end());
  log.insert(log.end(), batch.regret.begin(), batch.regret.end());
  for (int row = 0; row < static_cast<int>(batch.reward.size()); ++row) {
    log.push_back(batch.terminated[row] + 2 * batch.truncated[row]);
    if (batch.ended(row)) log.push_back(batch.episode_return[row]);
  }
}

/// What `steps` steps with random actions show.
inline std::vector<double> play(VectorEnv& env, StepBatch& batch, int steps, core::Stream& stream) {
  std::vector<double> log;
  for (int t = 0; t < steps; ++t) {
    env.step(random_actions(env.spec().action, env.size(), stream), batch);
    append(batch, log);
  }
  return log;
}

}  // namespace rhoam::envs
