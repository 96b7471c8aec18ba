#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agents/mlp.h"
#include "core/options.h"
#include "core/schedule.h"
#include "core/thread_pool.h"
#include "envs/env.h"
#include "optim/recipes.h"

namespace rhoam::agents {

/// What the networks look like. Actor and critic are two networks of the same hidden layers.
struct NetworkConfig {
  std::string kind = "mlp";  ///< "mlp", built in; "torch", the same shape in LibTorch
  std::vector<int> hidden = {64, 64};
  std::string activation = "tanh";
  bool layer_norm = false;
  double actor_head_gain = 0.01;  ///< orthogonal gain of the policy's last layer: near uniform at first
  double critic_head_gain = 1;
  void describe(core::Options& options);
};

/// Builds a network of a shape; what stands behind `--network`.
using NetworkFactory = std::function<std::unique_ptr<Network>(const MlpSpec&, core::Stream&)>;

/// What every agent is made from.
struct AgentContext {
  envs::EnvSpec spec;
  std::int64_t total_steps =
      1;         ///< length of the training: what schedules run over unless they say otherwise
  int rows = 1;  ///< environments stepped together
  std::uint64_t seed = 0;
  core::ThreadPool* pool = nullptr;  ///< borrowed
  NetworkFactory make_network;
};

/// Completes an optimizer for a training in which an update takes so many steps.
void bind(optim::OptimizerConfig& optimizer, const AgentContext& context, double steps_per_update,
          std::uint64_t index);

/// What PPO and A2C share.
struct ActorCriticConfig {
  NetworkConfig network;
  optim::OptimizerConfig actor;
  optim::OptimizerConfig critic;
  int rollout_steps = 128;  ///< T, steps of each row between updates
  double gamma = 0.99;
  double gae_lambda = 0.95;
  core::Schedule entropy_coef = core::Schedule(0.0);
  bool normalize_advantage = true;
  void describe(core::Options& options);
  /// Completes all schedules and rates for a training in which an update takes so many steps.
  void bind(const AgentContext& context, double steps_per_update);
};

}  // namespace rhoam::agents
