#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "rhoam/agents/agent.h"
#include "rhoam/core/clock.h"
#include "rhoam/core/tensors.h"
#include "rhoam/envs/vector_env.h"

namespace rhoam::agents {

/// The last finished training episodes, undiscounted and in the environment's own rewards.
class RecentEpisodes {
 public:
  static constexpr std::int64_t kWindow = 100;
  void add(double episode_return, std::int64_t length);
  double return_mean() const { return mean(returns_); }  ///< NaN before the first episode has ended
  double length_mean() const { return mean(lengths_); }
  void save(core::Tensors& out) const;
  void load(const core::Tensors& in);

 private:
  using Ring = std::array<double, kWindow>;  // episode k in slot k mod kWindow
  double mean(const Ring& values) const;

  Ring returns_{}, lengths_{};
  std::int64_t count_ = 0;
};

/// Progress of a training, apart from agent and worlds.
struct Progress {
  core::Clocks clocks;
  envs::StepBatch batch;  ///< `obs` is what the agent sees next
  RecentEpisodes recent;
  void save(core::Tensors& out) const;
  void load(const core::Tensors& in, int rows, int observation_size);
};

/// Called at the end of every iteration; false ends the training.
using AfterIteration = std::function<bool(Metrics)>;

/// The loop that every agent shares. Starts from `progress` (fresh: env.reset filled its batch) and ends with
/// the first iteration that reaches `total_steps` environment steps.
void train(envs::VectorEnv& env, Agent& agent, Progress& progress, std::int64_t total_steps,
           const AfterIteration& after_iteration);

}  // namespace rhoam::agents
