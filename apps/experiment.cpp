#include "apps/experiment.h"

#include <fmt/core.h>

#include "agents/defaults.h"
#include "core/errors.h"
#include "core/text.h"
#include "envs/registry.h"

namespace rhoam::apps {
namespace {

std::vector<double> parse_factors(const std::string& text) {
  std::vector<double> factors;
  if (text.empty()) return factors;
  for (const auto& part : core::split(text, ',')) {
    const auto factor = core::parse_double(part);
    if (!factor || *factor == 0)
      throw core::UsageError("--observation-scale '" + text +
                             "': give a factor other than 0 per component, such as 0.5,0.7,8,0.7");
    factors.push_back(*factor);
  }
  return factors;
}

std::string factors_text(const std::vector<double>& factors) {
  std::vector<std::string> parts;
  for (const double factor : factors) parts.push_back(core::format_double(factor));
  return core::join(parts, ",");
}

/// Sets the parameters given as NAME=VALUE.
void set_params(envs::VectorEnv& env, const std::vector<std::string>& params) {
  for (const auto& param : params) {
    const auto equals = param.find('=');
    const auto value =
        equals == std::string::npos ? std::nullopt : core::parse_double(param.substr(equals + 1));
    if (!value)
      throw core::UsageError("--param '" + param + "' is not NAME=VALUE with a number, such as gravity=-5");
    env.set_param(param.substr(0, equals), *value);
  }
}

constexpr double kMaxSteps = 1e15;

}  // namespace

Experiment::Experiment(const std::string& env_id, const std::string& algorithm_name)
    : env(envs::find_env(env_id).id),
      algorithm(algorithm_name.empty() ? agents::default_algorithm(env_id) : algorithm_name),
      plan(agents::find_algorithm(algorithm).plan()) {
  core::Options options;
  describe(options);
  options.read_config_text(agents::default_options(env, algorithm), "tuned defaults");
  options.apply();
}

Experiment Experiment::of(const core::Tensors& checkpoint) {
  const auto field = [&](const char* name) -> const std::string& {
    const auto found = checkpoint.metadata.find(name);
    if (found == checkpoint.metadata.end())
      throw core::CorruptError(fmt::format("the checkpoint has no '{}'", name));
    return found->second;
  };
  if (field("format") != kFormat)
    throw core::CorruptError(
        fmt::format("the checkpoint is of format '{}', not '{}'", field("format"), kFormat));
  try {
    Experiment experiment(field("env"), field("algorithm"));
    core::Options options;
    experiment.describe(options);
    options.read_config_text(field("options"), "options of the checkpoint");
    options.apply();
    make_world(experiment, nullptr);  // refuses parameters that the world cannot have
    return experiment;
  } catch (const core::UsageError& error) {
    throw core::CorruptError(error.what());
  }
}

void Experiment::describe(core::Options& options) {
  options.section("Training");
  options.add("seed", seed, "seed of all random streams");
  options.add("steps", steps, "environment steps to train, summed over all environments",
              {.low = 1, .high = kMaxSteps});
  options.add("envs", rows, "environments stepped together", {.low = 1, .high = 1 << 16});
  options.add("eval-every", eval_every, "environment steps between greedy evaluations; 0 is only at the end",
              {.low = 0, .high = kMaxSteps});
  options.add("eval-episodes", eval_episodes, "episodes of an evaluation", {.low = 1, .high = 1 << 20});
  options.add("checkpoint-every", checkpoint_every,
              "environment steps between checkpoints; 0 is a tenth of --steps",
              {.low = 0, .high = kMaxSteps});
  options.add("introspect-every", introspect_every,
              "environment steps between looks into the optimizer, for metrics.csv; 0 is never",
              {.low = 0, .high = kMaxSteps});
  options.section("World");
  options.list("param", params, "NAME=VALUE of a parameter of the environment; see 'rhoam list'");
  options.add(
      "observation-scale", "constant factor of each observation component, such as 0.5,0.7,8,0.7",
      [this](const std::string& text) { observation_scale = parse_factors(text); },
      [this] { return factors_text(observation_scale); });
  options.add("reward-scale", reward_scale, "constant factor of the rewards that the learner sees",
              {.low = 0, .low_open = true});
  options.flag("normalize-observation", normalize_observation,
               "standardise observations by running statistics");
  options.flag("normalize-reward", normalize_reward,
               "divide rewards by the running deviation of the discounted return");
  plan->describe(options);
}

std::string Experiment::options_text() {
  core::Options options;
  describe(options);
  return options.dump();
}

std::string Experiment::config_text() {
  return fmt::format("# 'rhoam train --config FILE' repeats this training\nenv = {}\nalgo = {}\n{}", env,
                     algorithm, options_text());
}

void Experiment::check(const Networks& networks) const {
  find_network(networks, plan->network().kind);
  const auto world = make_world(*this, nullptr);
  make_agent(*this, world.env->spec(), networks, nullptr);
}

World make_evaluation_world(const Experiment& experiment, int rows, core::ThreadPool* pool) {
  World world;
  world.env = envs::make_vector_env(experiment.env, rows, pool);
  set_params(*world.env, experiment.params);
  if (!experiment.observation_scale.empty())
    world.env = std::make_unique<envs::ScaleObservation>(std::move(world.env), experiment.observation_scale);
  if (experiment.normalize_observation) {
    auto normalized = std::make_unique<envs::NormalizeObservation>(std::move(world.env));
    world.normalizer = &normalized->filter();
    world.normalizer->set_training(false);
    world.env = std::move(normalized);
  }
  return world;
}

World make_world(const Experiment& experiment, core::ThreadPool* pool) {
  World world = make_evaluation_world(experiment, experiment.rows, pool);
  if (world.normalizer != nullptr) world.normalizer->set_training(true);
  if (experiment.normalize_reward)
    world.env = std::make_unique<envs::NormalizeReward>(
        std::move(world.env), envs::NormalizeConfig{.gamma = experiment.plan->gamma()});
  if (experiment.reward_scale != 1)
    world.env = std::make_unique<envs::ScaleReward>(std::move(world.env), experiment.reward_scale);
  return world;
}

std::unique_ptr<agents::Agent> make_agent(const Experiment& experiment, const envs::EnvSpec& spec,
                                          const Networks& networks, core::ThreadPool* pool) {
  return experiment.plan->make({.spec = spec,
                                .total_steps = experiment.steps,
                                .rows = experiment.rows,
                                .seed = experiment.seed,
                                .pool = pool,
                                .make_network = find_network(networks, experiment.plan->network().kind)});
}

}  // namespace rhoam::apps
