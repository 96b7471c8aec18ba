#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "rhoam/core/tensors.h"
#include "rhoam/training/world.h"

namespace rhoam::watch {

/// All that makes a world of one row, again and again the same: what a replay keeps of it.
struct WorldConfig {
  std::string env;
  /// Parameters and shared world of a checkpoint, under "env"; empty: those of the environment.
  core::Tensors origin = {};
  std::vector<std::string> params = {};  ///< NAME=VALUE on top
  std::vector<std::string> drifts = {};  ///< PARAM:SCHEDULE on top; they begin with the first episode
  std::uint64_t drift_seed = 0;
  double whole_steps = 0;       ///< length of the training, for schedules that are made for one; 0: unknown
  double updates_per_step = 0;  ///< how fast the clock of updates runs; 0: nothing learns
};

/// Of what a checkpoint's world has saved, all that `origin` needs.
core::Tensors origin_of(const core::Tensors& checkpoint);

/// The agent of a checkpoint, which may see its world through filters.
struct AgentView {
  const training::TrainingConfig& config;
  const core::Tensors& checkpoint;
};

/// Throws UsageError where one of NAME=VALUE and PARAM:SCHEDULE contradicts another.
void check_world(const std::vector<std::string>& params, const std::vector<std::string>& drifts);

/// The world alone, or as an agent (null: none) sees it; the physics are the same. It holds its ends. Throws
/// UsageError on a parameter or drift that it cannot have.
training::World make_world(const WorldConfig& setting, const AgentView* beholder = nullptr);

}  // namespace rhoam::watch
