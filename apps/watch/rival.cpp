#include "apps/watch/rival.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "core/errors.h"
#include "core/text.h"
#include "envs/perturbed.h"
#include "envs/registry.h"

namespace rhoam::watch {
namespace {

/// What brings a world that was trained in back to its environment's own: NAME=VALUE of all its parameters.
std::vector<std::string> own_params(const Setting& trained) {
  const auto here = make_world(trained).env->params();
  const envs::Perturbed own(envs::make_vector_env(trained.env, 1, nullptr));
  std::vector<std::string> texts;
  for (const auto& param : own.params())
    if (std::ranges::count(here, param.name, &envs::VectorEnv::ParamInfo::name) > 0)
      texts.push_back(param.name + "=" + core::format_double(param.value));
  return texts;
}

Player in_world_of(Player agent, const Setting& world) {
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

Rival::Rival(Player agent, const Setting& world) : stage_(in_world_of(std::move(agent), world)) {}

double Rival::play(const Episode& episode) {
  stage_.start(0, episode.seed, episode.start);
  auto change = episode.changes.begin();
  while (!stage_.over()) {
    for (; change != episode.changes.end() && change->step == stage_.length(); ++change)
      stage_.set_param(change->param, change->value);
    stage_.step();
  }
  return stage_.episode().episode_return;
}

}  // namespace rhoam::watch
