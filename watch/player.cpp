#include "rhoam/watch/player.h"

#include <utility>

#include "rhoam/envs/drift.h"
#include "rhoam/envs/registry.h"

namespace rhoam::watch {
namespace {

double updates_per_step(const core::Tensors& checkpoint) {
  std::int64_t clocks[3];
  checkpoint.get("progress/clocks", std::span<std::int64_t>(clocks));
  return clocks[0] > 0 ? static_cast<double>(clocks[1]) / static_cast<double>(clocks[0]) : 0;
}

}  // namespace

Player make_trainee(core::Tensors checkpoint, const std::string& title, const agents::Networks& networks) {
  auto config = training::TrainingConfig::of(checkpoint);
  auto controller = make_agent_controller(checkpoint, networks);
  WorldConfig setting{.env = config.env,
                      .origin = origin_of(checkpoint),
                      .drift_seed = config.seed,
                      .whole_steps = static_cast<double>(config.steps),
                      .updates_per_step = updates_per_step(checkpoint)};
  const std::int64_t steps = training::steps_of(checkpoint);
  std::vector<std::string> drifted;
  for (const auto& text : config.drifts) drifted.push_back(envs::parse_drift(text).param);
  return {.title = title,
          .setting = std::move(setting),
          .controller = std::move(controller),
          .trainee = Trainee{std::move(config), std::move(checkpoint), steps},
          .drifted = std::move(drifted)};
}

Player make_random_player(const std::string& env) {
  const auto spec = envs::find_env(env).spec();
  return {.title = "random actions",
          .setting = {.env = spec.id},
          .controller = make_random_controller(spec.action)};
}

}  // namespace rhoam::watch
