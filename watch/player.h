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

/// A checkpoint of an agent.
struct Trainee {
  training::TrainingConfig config;
  core::Tensors checkpoint;
  std::int64_t steps;  ///< environment steps of its training
};

/// A player and its world.
struct Player {
  std::string title;
  WorldConfig setting;
  std::unique_ptr<Controller> controller;
  std::optional<Trainee> trainee = {};    ///< if it is an agent
  std::vector<std::string> drifted = {};  ///< parameters that drifted during its training
  std::vector<Episode> script = {};       ///< if it is a replay: its episodes, in order
};

/// The agent of a checkpoint, in the world as saved there. Throws CorruptError.
Player make_trainee(core::Tensors checkpoint, const std::string& title, const agents::Networks& networks);

/// Random actions in an environment. Throws UsageError if there is no such environment.
Player make_random_player(const std::string& env);

}  // namespace rhoam::watch
