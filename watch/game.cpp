#include "rhoam/watch/game.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/core/shell.h"
#include "rhoam/core/statistics.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/perturbed.h"
#include "rhoam/envs/registry.h"

namespace rhoam::watch {
namespace {

/// The environment's default for each parameter of a training world, as NAME=VALUE.
std::vector<std::string> own_params(const WorldConfig& trained) {
  const auto here = make_world(trained).env->params();
  const envs::Perturbed own(envs::make_vector_env(trained.env, 1, nullptr));
  std::vector<std::string> texts;
  for (const auto& param : own.params())
    if (std::ranges::count(here, param.name, &envs::VectorEnv::ParamInfo::name) > 0)
      texts.push_back(param.name + "=" + core::format_double(param.value));
  return texts;
}

Player in_world_of(Player agent, const WorldConfig& world) {
  auto& setting = agent.setting;
  if (setting.env != world.env)
    throw core::UsageError(fmt::format("an agent for {} cannot play {}", setting.env, world.env));
  setting.params = own_params(setting);
  setting.params.insert(setting.params.end(), world.params.begin(), world.params.end());
  setting.drifts = world.drifts;
  setting.drift_seed = world.drift_seed;
  setting.whole_steps = world.whole_steps;
  setting.updates_per_step = world.updates_per_step;
  return agent;
}

}  // namespace

Opponent::Opponent(Player agent, const WorldConfig& world)
    : simulation_(in_world_of(std::move(agent), world)) {}

double Opponent::play(const Episode& episode) {
  simulation_.start(0, episode.seed, episode.start);
  auto change = episode.changes.begin();
  while (!simulation_.over()) {
    for (; change != episode.changes.end() && change->step == simulation_.length(); ++change)
      simulation_.set_param(change->param, change->value);
    simulation_.step();
  }
  return simulation_.episode().episode_return;
}

Game::Game(const Playback& playback, std::optional<Opponent> opponent, std::string out)
    : playback_(playback),
      opponent_(std::move(opponent)),
      out_(std::move(out)),
      replay_{playback.simulations()[0].player().setting, {}} {}

std::string Game::add() {
  const auto& episode = playback_.simulations()[0].episode();
  replay_.episodes.push_back(episode);
  save();
  mine_.push_back(episode.episode_return);
  std::string line = fmt::format("you {:.0f}", mine_.back());
  if (!opponent_) return line;
  theirs_.push_back(opponent_->play(episode));
  return line + fmt::format(" · agent {:.0f}", theirs_.back());
}

void Game::save() {
  try {
    core::write_safetensors(out_, to_tensors(replay_));
    failure_.clear();
  } catch (const core::IoError& error) {
    failure_ = error.what();
  }
}

void Game::finish() {
  if (!failure_.empty()) save();
  if (mine_.empty()) {
    fmt::print("no episode was flown to its end: nothing is saved\n");
  } else {
    fmt::print("{} episode{}: you {:.1f}", mine_.size(), mine_.size() == 1 ? "" : "s", core::mean(mine_));
    if (!theirs_.empty()) fmt::print(", the agent {:.1f}", core::mean(theirs_));
    fmt::print("\n");
    if (failure_.empty()) fmt::print("saved in {}; next: rhoam watch {}\n", out_, core::shell_path(out_));
  }
  std::fflush(stdout);
  if (!failure_.empty()) throw core::IoError(failure_);
}

}  // namespace rhoam::watch
