#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rhoam/watch/controller.h"
#include "rhoam/watch/replay.h"
#include "rhoam/watch/world_config.h"

namespace rhoam::watch {

/// The checkpoint of an agent.
struct Trainee {
  training::TrainingConfig config;
  core::Tensors checkpoint;
  std::int64_t steps;  ///< behind it
};

/// Who plays, and in which world.
struct Player {
  std::string title;
  WorldConfig setting;
  std::unique_ptr<Controller> controller;
  std::optional<Trainee> trainee = {};    ///< where it is an agent
  std::vector<std::string> drifted = {};  ///< parameters that drifted while it was trained
  std::vector<Episode> script = {};       ///< where it is a replay: the episodes, in turn
};

/// The agent of a checkpoint in the world as it stood there. Throws CorruptError.
Player make_trainee(core::Tensors checkpoint, const std::string& title, const agents::Networks& networks);

/// Random actions in an environment. Throws UsageError when there is no such environment.
Player make_random_player(const std::string& env);

}  // namespace rhoam::watch
