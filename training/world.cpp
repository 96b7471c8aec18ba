#include "rhoam/training/world.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "rhoam/agents/actor_critic.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/memory_limit.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/perturbed.h"
#include "rhoam/envs/registry.h"

namespace rhoam::training {
namespace {

template <class Decorator, class... Arguments>
void wrap(World& world, Arguments&&... arguments) {
  world.env = std::make_unique<Decorator>(std::move(world.env), std::forward<Arguments>(arguments)...);
}

bool is_perturbed(const envs::VectorEnv& env) {
  return std::ranges::any_of(env.params(), envs::is_perturbation, &envs::VectorEnv::ParamInfo::name);
}

/// The common part of the training and evaluation worlds: observations, perturbations, parameters.
World make_observed(const TrainingConfig& config, int rows, bool training, core::ThreadPool* pool) {
  const auto params = parse_params(config.params);
  World world{.env = envs::make_vector_env(config.env, rows, pool),
              .drifts = envs::parse_drifts(config.drifts, static_cast<double>(config.steps), config.seed)};
  refuse_both(params, world.drifts);
  if (!config.observation_scale.empty()) wrap<envs::ScaleObservation>(world, config.observation_scale);
  if (config.normalize_observation) {
    auto normalized = std::make_unique<envs::NormalizeObservation>(std::move(world.env));
    normalized->filter().set_training(training);
    world.normalizer = normalized.get();
    world.env = std::move(normalized);
  }
  set_params(world, params, world.drifts);
  return world;
}

/// The training world, with `rows` rows.
World make_learning_world(const TrainingConfig& config, int rows, core::ThreadPool* pool) {
  World world = make_observed(config, rows, true, pool);
  if (config.normalize_reward)
    wrap<envs::NormalizeReward>(world, envs::NormalizeConfig{.gamma = config.plan->gamma()});
  if (config.reward_scale != 1) wrap<envs::ScaleReward>(world, config.reward_scale);
  set_drifts(world, world.drifts);
  return world;
}

/// The drifts that the learner must know: the world's, and a constant reward-scale.
std::vector<envs::Drift> learner_drifts(const TrainingConfig& config, const World& world) {
  auto drifts = world.drifts;
  for (const auto& [name, value] : parse_params(config.params))
    if (name == envs::kRewardScale) drifts.push_back({name, core::Schedule(value)});
  return drifts;
}

agents::AgentContext context_of(const TrainingConfig& config, const World& world,
                                const agents::Networks& networks, core::ThreadPool* pool) {
  return {.spec = world.env->spec(),
          .total_steps = config.steps,
          .rows = config.rows,
          .seed = config.seed,
          .drifts = learner_drifts(config, world),
          .pool = pool,
          .make_network = agents::find_network(networks, config.plan->network().kind)};
}

/// Least memory of the agent in bytes: networks with gradients and optimizer state, and the rollout.
double bytes_of_agent(const TrainingConfig& config, const envs::EnvSpec& spec) {
  constexpr double kPerParameter = 6 * sizeof(float);
  double parameters = 0;
  const auto& network = config.plan->network();
  if (network.is_perceptron())
    for (const auto& shape : {agents::actor_spec(spec, network), agents::critic_spec(spec, network)})
      for (const auto& block : agents::parameter_blocks(shape))
        parameters += static_cast<double>(agents::size_of(block));
  const double per_sample = sizeof(float) * (2 * spec.observation_size() + spec.action.size() + 7);
  return parameters * kPerParameter + static_cast<double>(config.plan->samples(config.rows)) * per_sample;
}

void demand_memory(const TrainingConfig& config, const envs::EnvSpec& spec) {
  constexpr double kGiga = 1e9;
  const double needed = bytes_of_agent(config, spec), limit = static_cast<double>(core::memory_limit());
  if (needed > limit)
    throw core::UsageError(
        fmt::format("this agent needs {:.1f} GB of memory, and there are {:.1f} GB: lower --hidden, "
                    "--rollout-steps or --envs",
                    needed / kGiga, limit / kGiga));
}

}  // namespace

std::vector<ParamSetting> parse_params(const std::vector<std::string>& texts) {
  std::vector<ParamSetting> settings;
  for (const auto& text : texts) {
    const auto equals = text.find('=');
    const auto value =
        equals == std::string::npos ? std::nullopt : core::parse_double(text.substr(equals + 1));
    if (!value)
      throw core::UsageError("--param '" + text + "' is not NAME=VALUE with a number, such as gravity=-5");
    settings.push_back({text.substr(0, equals), *value});
  }
  return settings;
}

void refuse_both(std::span<const ParamSetting> params, std::span<const envs::Drift> drifts) {
  for (const auto& param : params)
    if (std::ranges::count(params, param.name, &ParamSetting::name) > 1)
      throw core::UsageError(fmt::format("--param {} is given twice", param.name));
  for (const auto& drift : drifts)
    if (std::ranges::count(params, drift.param, &ParamSetting::name) > 0)
      throw core::UsageError(
          fmt::format("{0} has a --param and --drift {1}: the drift already sets it, so drop --param {0}",
                      drift.param, drift.to_string()));
}

void set_params(World& world, std::span<const ParamSetting> params, std::span<const envs::Drift> drifts) {
  if ((std::ranges::any_of(params, envs::is_perturbation, &ParamSetting::name) ||
       std::ranges::any_of(drifts, envs::is_perturbation, &envs::Drift::param)) &&
      !is_perturbed(*world.env))
    wrap<envs::Perturbed>(world);
  for (const auto& [name, value] : params) world.env->set_param(name, value);
}

void set_drifts(World& world, const std::vector<envs::Drift>& drifts) {
  if (drifts.empty()) return;
  auto drifting = std::make_unique<envs::Drifting>(std::move(world.env), drifts);
  world.drifting = drifting.get();
  world.env = std::move(drifting);
}

World make_world(const TrainingConfig& config, core::ThreadPool* pool) {
  return make_learning_world(config, config.rows, pool);
}

World make_evaluation_world(const TrainingConfig& config, int rows, core::ThreadPool* pool) {
  return make_observed(config, rows, false, pool);
}

std::unique_ptr<agents::Agent> make_agent(const TrainingConfig& config, const World& world,
                                          const agents::Networks& networks, core::ThreadPool* pool) {
  return config.plan->make(context_of(config, world, networks, pool));
}

std::unique_ptr<agents::Agent> make_agent_to_load(const TrainingConfig& config, const World& world,
                                                  const agents::Networks& networks, core::ThreadPool* pool) {
  auto context = context_of(config, world, networks, pool);
  context.make_network = [make = context.make_network](agents::MlpSpec network, core::Stream& stream) {
    network.initialisation = agents::Initialisation::normal;
    return make(network, stream);
  };
  return config.plan->make(context);
}

void check(const TrainingConfig& config, const agents::Networks& networks) {
  agents::find_network(networks, config.plan->network().kind);
  demand_memory(config, envs::find_env(config.env).spec());
  check_options(config, networks);
}

void check_options(const TrainingConfig& config, const agents::Networks& networks) {
  make_agent_to_load(config, make_learning_world(config, 1, nullptr), networks, nullptr);
}

}  // namespace rhoam::training
