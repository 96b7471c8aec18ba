#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rhoam/agents/networks.h"
#include "rhoam/core/thread_pool.h"
#include "rhoam/envs/drifting.h"
#include "rhoam/envs/normalize.h"
#include "rhoam/envs/vector_env.h"
#include "rhoam/training/training_config.h"

namespace rhoam::training {

struct ParamSetting {
  std::string name;
  double value;
};

/// The parameters given as NAME=VALUE. Throws UsageError naming the one that is not.
std::vector<ParamSetting> parse_params(const std::vector<std::string>& texts);

/// Throws UsageError where a parameter is set and drifts, too.
void refuse_both(std::span<const ParamSetting> params, std::span<const envs::Drift> drifts);

/// The environments of a training with their decorators.
struct World {
  std::unique_ptr<envs::VectorEnv> env;              ///< the outermost decorator
  envs::Drifting* drifting = nullptr;                ///< within `env`, where something drifts
  envs::NormalizeObservation* normalizer = nullptr;  ///< within `env`, where observations are normalised
  std::vector<envs::Drift> drifts = {};              ///< those of the training, each with its own stream
};

/// Sets the parameters; the world is perturbed first, unless it is already, where one of them or of the
/// drifts is a perturbation. Throws UsageError for a parameter that it cannot have.
void set_params(World& world, std::span<const ParamSetting> params, std::span<const envs::Drift> drifts);
/// From now on the world drifts so; without drifts it stays as it is.
void set_drifts(World& world, const std::vector<envs::Drift>& drifts);

/// The world to learn in.
World make_world(const TrainingConfig& config, core::ThreadPool* pool);
/// The same world to evaluate in: `rows` rows, rewards as they are, statistics frozen, no drift. It stands
/// where load_world puts it.
World make_evaluation_world(const TrainingConfig& config, int rows, core::ThreadPool* pool);

/// The untrained agent of a training, for one of its worlds.
std::unique_ptr<agents::Agent> make_agent(const TrainingConfig& config, const World& world,
                                          const agents::Networks& networks, core::ThreadPool* pool);
/// The same for a state to be loaded: its networks start cheaply.
std::unique_ptr<agents::Agent> make_agent_to_load(const TrainingConfig& config, const World& world,
                                                  const agents::Networks& networks, core::ThreadPool* pool);

/// Checks what no single option can, and that there is memory for the agent: throws UsageError before
/// anything is written.
void check(const TrainingConfig& config, const agents::Networks& networks);
/// The same without the memory.
void check_options(const TrainingConfig& config, const agents::Networks& networks);

}  // namespace rhoam::training
