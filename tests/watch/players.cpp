#include "rhoam/tests/watch/players.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "rhoam/agents/mlp.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/envs/registry.h"
#include "rhoam/tests/core/scratch_folder.h"
#include "rhoam/training/trainer.h"

namespace rhoam::watch {
namespace {

constexpr const char* kShortTraining = R"(
steps = 200
eval-episodes = 1
hidden = 8
rollout-steps = 8
)";

/// The first parameter of an environment, from its value to half-way up its range.
core::Range middle_of(const std::string& env, std::string& name) {
  const auto param = envs::make_vector_env(env, 1, nullptr)->params().front();
  name = param.name;
  const double top = std::min(param.high, param.value + 2);
  return {.low = param.value, .high = (param.value + top) / 2};
}

core::Clocks later(core::Clocks clocks, std::int64_t steps, double updates_per_step) {
  clocks.steps += steps;
  clocks.updates = static_cast<std::int64_t>(static_cast<double>(clocks.steps) * updates_per_step);
  return clocks;
}

}  // namespace

agents::Networks networks() { return {{"mlp", agents::make_mlp}}; }

void train(const std::filesystem::path& run, const std::string& env, const std::string& options) {
  training::TrainingConfig config(env, "a2c");
  core::Options described;
  config.describe(described);
  described.read_config_text(kShortTraining + options, "the test");
  described.apply();
  training::Trainer training(config, training::RunDirectory::create(run, env, "a2c"),
                             {.quiet = true, .networks = networks()});
  training.run();
}

core::Tensors trained(const std::string& env, const std::string& options) {
  const test::ScratchFolder folder;
  train(folder / "run", env, options);
  return core::read_safetensors(folder / "run/checkpoints/last.safetensors");
}

Player agent(const std::string& env) { return make_trainee(trained(env), "agent", networks()); }

Player random_player(const std::string& env, std::vector<std::string> params,
                     std::vector<std::string> drifts) {
  Player player = make_random_player(env);
  player.setting.params = std::move(params);
  player.setting.drifts = std::move(drifts);
  return player;
}

std::string wave_of(const std::string& env) {
  std::string name;
  const auto range = middle_of(env, name);
  return fmt::format("{}:sine:period=37,low={},high={}", name, range.low, range.high);
}

std::string wandering_of(const std::string& env) {
  std::string name;
  const auto range = middle_of(env, name);
  return fmt::format("{}:ou:tau=20,center={},amplitude={}", name, range.high, (range.high - range.low) / 4);
}

Played play_headless(Player& player, std::uint64_t seed, const core::Clocks& start, bool greedy) {
  std::optional<AgentView> beholder;
  if (player.trainee) beholder.emplace(AgentView{player.trainee->config, player.trainee->checkpoint});
  const auto world = make_world(player.setting, beholder ? &*beholder : nullptr);
  std::vector<float> action(static_cast<std::size_t>(world.env->spec().action.size()));
  envs::StepBatch batch;
  PolicyOutput thought;
  Played played;
  world.env->reset(seed, batch);
  for (bool over = false; !over;) {
    world.env->set_clocks(later(start, played.length, player.setting.updates_per_step));
    player.controller->think(batch.obs, thought);
    player.controller->act(thought, seed, played.length, greedy, action);
    world.env->step(action, batch);
    over = batch.ended(0);
    if (++played.length % Episode::kHashEvery == 0 || over) played.hashes.push_back(world.env->state_hash());
  }
  played.episode_return = batch.episode_return[0];
  return played;
}

}  // namespace rhoam::watch
