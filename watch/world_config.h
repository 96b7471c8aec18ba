#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "rhoam/core/tensors.h"
#include "rhoam/training/world.h"

namespace rhoam::watch {

/// Everything needed to recreate a world of one row; stored in replays.
struct WorldConfig {
  std::string env;
  /// Parameters and shared world of a checkpoint, under "env"; empty: the environment's defaults.
  core::Tensors origin = {};
  std::vector<std::string> params = {};  ///< NAME=VALUE on top
  std::vector<std::string> drifts = {};  ///< PARAM:SCHEDULE on top, starting with the first episode
  std::uint64_t drift_seed = 0;
  double whole_steps = 0;       ///< length of the training, for schedules that depend on it; 0: unknown
  double updates_per_step = 0;  ///< rate of the clock of updates; 0: nothing learns
};

/// The part of a checkpoint's saved world that `origin` needs.
core::Tensors origin_of(const core::Tensors& checkpoint);

/// Agent of a checkpoint, which may see its world through filters.
struct AgentView {
  const training::TrainingConfig& config;
  const core::Tensors& checkpoint;
};

/// Throws UsageError if NAME=VALUE and PARAM:SCHEDULE contradict each other.
void check_world(const std::vector<std::string>& params, const std::vector<std::string>& drifts);

/// The world alone, or as an agent (null: none) sees it; the physics are the same. It does not restart after
/// an episode. Throws UsageError on a parameter or drift that it cannot have.
training::World make_world(const WorldConfig& setting, const AgentView* beholder = nullptr);

}  // namespace rhoam::watch
