// Writes the first inputs of the targets that read safetensors files: made by the library, so that they
// follow its format. Beside them the words of the dictionaries. seeds FOLDER
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "rhoam/core/safetensors.h"
#include "rhoam/envs/registry.h"
#include "rhoam/tests/fuzz/dictionaries.h"
#include "rhoam/tests/fuzz/harness.h"
#include "rhoam/tests/fuzz/trainings.h"
#include "rhoam/training/trainer.h"
#include "rhoam/watch/replay.h"
#include "rhoam/watch/simulation.h"

void rhoam::fuzz::check(const std::string&) {}

namespace rhoam::fuzz {
namespace {

namespace fs = std::filesystem;

struct Seed {
  const char *name, *env, *algorithm, *rows, *hidden, *options;
};

constexpr const char* kSmall = "steps = 40\neval-episodes = 1\neval-every = 0\ncheckpoint-every = 0\n";
constexpr Seed kSeeds[] = {
    {"ppo", "CartPole-v1", "ppo", "2", "3", "rollout-steps = 8\nepochs = 1\nnormalize-observation = true\n"},
    {"a2c", "CartPole-v1", "a2c", "2", "3",
     "rollout-steps = 4\nnormalize-reward = true\nrho = auto\nlayer-norm = true\nlookahead = 2\n"},
    {"reinforce", "CartPole-v1", "reinforce", "2", "none", "optimizer = adam\n"},
    {"perturbed", "CartPole-v1", "a2c", "2", "3",
     "rollout-steps = 4\nparam = action-delay=2\nparam = observation-noise=0.1\noptimizer = adagrad\n"},
    {"drifting", "CartPole-v1", "a2c", "2", "3",
     "rollout-steps = 4\nrho = match\ndrift = gravity:telegraph:dwell=4,low=5,high=12\n"
     "drift = advantage-scale:ou:tau=5updates,amplitude=1\ndrift = masscart:walk:scale=0.01,every=2\n"},
    {"bandit", "DriftBandit-v0", "a2c", "2", "3",
     "rollout-steps = 4\nrho = auto:likelihood\nclip-norm = 1\n"},
    {"tracking", "TrackingTarget-v0", "a2c", "2", "3",
     "rollout-steps = 4\nrho = auto:factored\ngradient-noise = 0.01\n"},
    {"lander", "LunarLanderContinuous-v3", "ppo", "1", "3",
     "rollout-steps = 8\nepochs = 1\npool-v = network\n"},
    {"learned", "CartPole-v1", "a2c", "2", "3", "rollout-steps = 4\nrho = learn\nmomentum = 0.5\n"},
    {"pooled", "CartPole-v1", "a2c", "2", "3",
     "rollout-steps = 4\npool-v = layer\ndrift = advantage-scale:square:dwell=3updates\non-change = reset\n"},
};

void keep(const fs::path& folder, const std::string& name, const core::Tensors& tensors) {
  fs::create_directories(folder);
  write(folder / name, core::format_safetensors(tensors));
}

core::Tensors train(const Seed& seed) {
  const std::string own = seed.options;
  training::TrainingConfig config(seed.env, seed.algorithm, own.find("drift = ") != std::string::npos);
  core::Options options;
  config.describe(options);
  options.read_config_text(kSmall + own + "envs = " + seed.rows + "\nhidden = " + seed.hidden, seed.name);
  options.apply();
  const auto run = scratch() / seed.name;
  training::Trainer training(config, training::RunDirectory::create(run, seed.env, seed.algorithm),
                             {.quiet = true, .networks = networks()});
  training.run();
  return core::read_safetensors(run / "checkpoints" / "last.safetensors");
}

/// Without rows of a log: a training goes on from empty files.
core::Tensors without_logs(core::Tensors checkpoint) {
  for (const char* rows : {"log/rows", "drift_log/rows"})
    if (const auto found = checkpoint.all().find(rows); found != checkpoint.all().end())
      std::ranges::fill(found->second.bytes, std::byte{0});
  return checkpoint;
}

core::Tensors replay(watch::WorldConfig setting) {
  auto player = watch::make_random_player(setting.env);
  player.setting = setting;
  watch::Simulation simulation(std::move(player));
  simulation.start(0, 7, {});
  simulation.set_greedy(false);
  while (!simulation.over()) {
    if (simulation.length() == 1)
      simulation.set_param(simulation.params()[1].name, simulation.params()[1].value);
    simulation.step();
  }
  return watch::to_tensors({setting, {simulation.episode()}});
}

core::Tensors one_of_each() {
  core::Tensors file;
  file.put("actor/weight", std::vector<float>{1, -2, 3, 4, 5, 6}, {2, 3});
  file.put("actor/v", std::vector<double>{0.1});
  file.put("counters", std::vector<std::int64_t>{-1, 2});
  file.put("stream", std::vector<std::uint64_t>{~std::uint64_t{0}, 1});
  file.put("empty", std::vector<float>{});
  file.metadata = {{"options", "lr = 0.1\nname = \"ρ\"\n"}};
  return file;
}

core::Tensors world_state(const std::string& id) {
  const auto env = envs::make_vector_env(id, 2, nullptr);
  envs::StepBatch batch;
  env->reset(3, batch);
  const std::vector<float> actions(static_cast<std::size_t>(2 * env->spec().action.size()), 0.0f);
  for (int step = 0; step < 3; ++step) {
    if (step == 1) env->set_param(env->params()[0].name, env->params()[0].value);
    env->set_clocks({.steps = step, .updates = step, .episodes = 0});
    env->step(actions, batch);
  }
  core::Tensors state;
  env->save(state, "env");
  return state;
}

}  // namespace
}  // namespace rhoam::fuzz

int main(int, char** argv) {
  using namespace rhoam::fuzz;
  const fs::path seeds = argv[1];
  for (const auto& seed : kSeeds) {
    const auto checkpoint = train(seed);
    keep(seeds / "checkpoint", seed.name, checkpoint);
    keep(seeds / "resume", seed.name, without_logs(checkpoint));
  }
  keep(seeds / "safetensors", "one_of_each", one_of_each());
  keep(seeds / "replay", "cart",
       replay({.env = "CartPole-v1", .params = {"masspole=0.2", "action-delay=1"}, .drifts = {}}));
  keep(
      seeds / "replay", "drifting",
      replay({.env = "CartPole-v1", .drifts = {"gravity:ou:tau=5,amplitude=1,center=9.8"}, .drift_seed = 1}));
  keep(seeds / "replay", "bandit", replay({.env = "DriftBandit-v0", .updates_per_step = 1}));
  keep(seeds / "replay", "lander", replay({.env = "LunarLander-v3"}));
  for (const auto& id : rhoam::envs::env_ids()) keep(seeds / "recording", id, world_state(id));
  write_dictionaries(seeds);
}
