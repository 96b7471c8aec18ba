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

/// The parameters given as NAME=VALUE. Throws UsageError naming a text that is not of this form, or a
/// parameter that is given twice.
std::vector<ParamSetting> parse_params(const std::vector<std::string>& texts);

/// Throws UsageError where a parameter is set twice, or is set and drifts.
void refuse_both(std::span<const ParamSetting> params, std::span<const envs::Drift> drifts);

/// The environments of a training with their wrappers.
struct World {
  std::unique_ptr<envs::VectorEnv> env;              ///< the outermost wrapper
  envs::Drifting* drifting = nullptr;                ///< within `env`; null where nothing drifts
  envs::NormalizeObservation* normalizer = nullptr;  ///< within `env`; null without normalisation
  std::vector<envs::Drift> drifts = {};              ///< of the training, each with its own stream
};

/// Sets the parameters. Wraps the world in a Perturbed first, unless it has one, where a parameter or a drift
/// is a perturbation. Throws UsageError for a parameter that the world cannot have.
void set_params(World& world, std::span<const ParamSetting> params, std::span<const envs::Drift> drifts);
/// Makes the world follow these drifts; without any it stays as it is.
void set_drifts(World& world, const std::vector<envs::Drift>& drifts);

/// The training world.
World make_world(const TrainingConfig& config, core::ThreadPool* pool);
/// The evaluation world: `rows` rows, rewards unscaled, statistics frozen, no drift. load_world sets its
/// state.
World make_evaluation_world(const TrainingConfig& config, int rows, core::ThreadPool* pool);

/// The untrained agent of a training, for one of its worlds.
std::unique_ptr<agents::Agent> make_agent(const TrainingConfig& config, const World& world,
                                          const agents::Networks& networks, core::ThreadPool* pool);
/// The same for loading a state: the networks are initialised cheaply.
std::unique_ptr<agents::Agent> make_agent_to_load(const TrainingConfig& config, const World& world,
                                                  const agents::Networks& networks, core::ThreadPool* pool);

/// Checks what concerns several options, and that the agent fits into memory: throws UsageError before
/// anything is written.
void check(const TrainingConfig& config, const agents::Networks& networks);
/// The same without the check of memory.
void check_options(const TrainingConfig& config, const agents::Networks& networks);

}  // namespace rhoam::training
