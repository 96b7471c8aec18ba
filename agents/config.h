#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <numbers>
#include <string>
#include <vector>

#include "rhoam/agents/mlp.h"
#include "rhoam/agents/streams.h"
#include "rhoam/core/options.h"
#include "rhoam/core/range.h"
#include "rhoam/core/schedule.h"
#include "rhoam/core/thread_pool.h"
#include "rhoam/envs/drift.h"
#include "rhoam/envs/env.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::agents {

/// Configuration of the networks. Actor and critic are two networks with the same hidden layers.
struct NetworkConfig {
  std::string kind = "mlp";            ///< name of a factory in the program that trains
  std::vector<int> hidden = {64, 64};  ///< none: linear
  std::string activation = "tanh";
  bool layer_norm = false;
  bool head_bias = true;  ///< of the last layers
  std::string initialisation = "orthogonal";
  double hidden_gain = std::numbers::sqrt2;
  double actor_head_gain = 0.01;  ///< of the policy's last layer: near uniform at first
  double critic_head_gain = 1;
  double initial_std = 1;  ///< σ of a Gaussian policy
  bool learn_std = true;   ///< false: σ is constant
  /// Whether it has the blocks of parameter_blocks. A program's own networks have shapes that only they know.
  bool is_perceptron() const { return kind == "mlp" || kind == "torch"; }
  void describe(core::Options& options);
};

/// Builds a network of a given shape; `--network` selects one.
using NetworkFactory = std::function<std::unique_ptr<Network>(const MlpSpec&, core::Stream&)>;

/// Context from which every agent is made.
struct AgentContext {
  envs::EnvSpec spec;
  std::int64_t total_steps = 1;  ///< length of the training, and of schedules that give none
  int rows = 1;                  ///< environments stepped together
  std::uint64_t seed = 0;
  std::vector<envs::Drift> drifts = {};  ///< bound; copied by whatever follows one
  core::ThreadPool* pool = nullptr;      ///< borrowed
  NetworkFactory make_network;
};

/// Range of discounts and the like.
inline constexpr core::Range kFraction{.low = 0, .high = 1};

/// Declares an option that is a number or a schedule. A schedule that can leave `allowed` is a UsageError.
void add_schedule(core::Options& options, const std::string& name, core::Schedule& schedule,
                  const std::string& help, const core::Range& allowed);

/// Completes an optimizer that makes `pace` updates per update of the actor, for a training with these rates;
/// the length of an episode is filled in and, where none is given, the timescale of the shortest drift.
void bind(optim::OptimizerConfig& optimizer, const AgentContext& context, core::ClockRates rates,
          ScheduleStream stream, double pace = 1);

/// Completes a schedule with the length and the seed of the training.
void bind(core::Schedule& schedule, const AgentContext& context, ScheduleStream stream);

/// Configuration that PPO and A2C share.
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
  /// Why an option has no effect, see optim::unused; empty when it has one.
  std::string unused(const std::string& option) const {
    return optim::unused_by_pair(actor, &critic, option);
  }
  /// Completes all schedules and rates for a training with this many steps per update.
  void bind(const AgentContext& context, double steps_per_update);
  /// Samples of one rollout, T·N. Throws UsageError when that is more than 2^31 − 1.
  std::int64_t samples(int rows) const;
};

}  // namespace rhoam::agents
