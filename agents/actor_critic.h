#pragma once
#include <memory>
#include <string>
#include <vector>

#include "agents/agent.h"
#include "agents/config.h"
#include "agents/learner.h"
#include "agents/rollout.h"

namespace rhoam::agents {

/// A policy network that samples actions, with its learner.
class Actor {
 public:
  Actor(const AgentContext&, const NetworkConfig&, const optim::OptimizerConfig&);

  /// obs [N, D] → actions [N, A] and log π [N].
  void act(std::span<const float> obs, std::span<float> actions, std::span<float> log_prob);
  Policy policy() { return {&learner.network(), distribution.get()}; }
  /// The actions at hand of the samples `rows`, gathered from `actions` [·, A]; at most kChunk rows.
  ActionBatch gather(std::span<const std::int32_t> rows, std::span<const float> outputs,
                     std::span<const float> actions);
  /// The part of a gradient vector that belongs to the free parameters.
  std::span<float> free_part(std::span<float> gradient) const {
    return gradient.last(static_cast<std::size_t>(distribution->free_parameters()));
  }
  void save(core::Tensors& out) const;
  void load(const core::Tensors& in);

  std::unique_ptr<Distribution> distribution;
  Learner learner;

 private:
  core::Stream stream_;
  std::unique_ptr<Workspace> acting_;
  std::vector<float> outputs_, gathered_;
};

/// The network V(s) of a critic.
Learner make_critic(const AgentContext&, const NetworkConfig&, const optim::OptimizerConfig&);

/// Actor, critic and one rollout with its advantages: what PPO and A2C learn from.
class ActorCritic {
 public:
  ActorCritic(const AgentContext&, const ActorCriticConfig&);

  void act(std::span<const float> obs, std::span<float> actions);
  void observe(const envs::StepBatch& batch) { rollout.store(batch); }
  /// Values, advantages and returns of a full rollout, by the critic as it stands.
  void judge();
  /// 1 − Var[returns − values]/Var[returns] of the rollout judged last.
  double explained_variance() const;
  /// Runs the two updates, which share nothing that either writes, side by side.
  template <class ActorTask, class CriticTask>
  void learn(ActorTask&& actor_task, CriticTask&& critic_task) {
    const auto task = [&](int which) { which == 0 ? actor_task() : critic_task(); };
    if (pool_ != nullptr)
      pool_->run(2, task);
    else
      task(0), task(1);
    actor.learner.check_finite("actor");
    critic.check_finite("critic");
    rollout.clear();
  }
  void save(core::Tensors& out) const;
  void load(const core::Tensors& in);

  Actor actor;
  Learner critic;
  Rollout rollout;
  std::vector<float> values, advantages, returns;  ///< [T, N]

 private:
  float gamma_, gae_lambda_;
  core::ThreadPool* pool_;
  std::vector<float> next_values_, last_values_, final_values_;
};

}  // namespace rhoam::agents
