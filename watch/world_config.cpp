#include "rhoam/watch/world_config.h"

#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/envs/perturbed.h"

namespace rhoam::watch {
namespace {

constexpr const char* kOrigin[] = {"env/params", "env/world", "env/perturbed/params"};

void refuse_updates(const WorldConfig& setting, const std::vector<envs::Drift>& drifts) {
  for (const auto& drift : drifts)
    if (!drift.schedule.constant() && drift.schedule.clock() == core::Clock::updates &&
        setting.updates_per_step == 0)
      throw core::UsageError("--drift " + drift.to_string() +
                             ": nothing learns here, so updates do not go by; give its times in steps or "
                             "episodes");
}

/// The world as saved in the origin.
training::World original(const WorldConfig& setting, const AgentView* beholder) {
  training::World world;
  if (beholder != nullptr) {
    world = training::make_evaluation_world(beholder->config, 1, nullptr);
    world.env->load_world(beholder->checkpoint, "env");
    return world;
  }
  world.env = envs::make_vector_env(setting.env, 1, nullptr);
  if (setting.origin.contains("env/perturbed/params"))
    world.env = std::make_unique<envs::Perturbed>(std::move(world.env));
  if (!setting.origin.all().empty()) world.env->load_world(setting.origin, "env");
  return world;
}

}  // namespace

core::Tensors origin_of(const core::Tensors& checkpoint) {
  core::Tensors origin;
  for (const char* name : kOrigin)
    if (const auto found = checkpoint.all().find(name); found != checkpoint.all().end())
      origin.all().insert(*found);
  if (const auto env = checkpoint.metadata.find("env/env"); env != checkpoint.metadata.end())
    origin.metadata.insert(*env);
  return origin;
}

void check_world(const std::vector<std::string>& params, const std::vector<std::string>& drifts) {
  std::vector<envs::Drift> parsed;
  for (const auto& text : drifts) parsed.push_back(envs::parse_drift(text));
  training::refuse_both(training::parse_params(params), parsed);
}

training::World make_world(const WorldConfig& setting, const AgentView* beholder) {
  const auto params = training::parse_params(setting.params);
  const auto drifts = envs::parse_drifts(setting.drifts, setting.whole_steps, setting.drift_seed);
  refuse_updates(setting, drifts);
  training::World world = original(setting, beholder);
  training::set_params(world, params, drifts);
  world.env->hold_ends();
  world.drifts = drifts;
  training::set_drifts(world, drifts);
  return world;
}

}  // namespace rhoam::watch
