#include "rhoam/training/training_config.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "rhoam/agents/actor_critic.h"
#include "rhoam/agents/defaults.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/memory_limit.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/perturbed.h"
#include "rhoam/envs/registry.h"

namespace rhoam::training {
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

/// The drifts of a training, each with its own stream.
std::vector<envs::Drift> bound_drifts(const TrainingConfig& experiment) {
  return envs::parse_drifts(experiment.drifts, static_cast<double>(experiment.steps), experiment.seed);
}

/// What of them the learner must know: the drifts, and a reward-scale that stands still.
std::vector<envs::Drift> learner_drifts(const TrainingConfig& experiment) {
  auto drifts = bound_drifts(experiment);
  for (const auto& [name, value] : parse_params(experiment.params))
    if (name == envs::kRewardScale) drifts.push_back({name, core::Schedule(value)});
  return drifts;
}

template <class Decorator, class... Arguments>
void wrap(std::unique_ptr<envs::VectorEnv>& env, Arguments&&... arguments) {
  env = std::make_unique<Decorator>(std::move(env), std::forward<Arguments>(arguments)...);
}

/// What training and evaluation share: observations, perturbations, parameters.
World make_observed(const TrainingConfig& experiment, int rows, bool training, core::ThreadPool* pool) {
  const auto params = parse_params(experiment.params);
  const auto drifts = bound_drifts(experiment);
  refuse_both(params, drifts);
  World world{.env = envs::make_vector_env(experiment.env, rows, pool)};
  auto& env = world.env;
  if (!experiment.observation_scale.empty()) wrap<envs::ScaleObservation>(env, experiment.observation_scale);
  if (experiment.normalize_observation) {
    auto normalized = std::make_unique<envs::NormalizeObservation>(std::move(env));
    normalized->filter().set_training(training);
    world.normalizer = normalized.get();
    env = std::move(normalized);
  }
  if (std::ranges::any_of(params, envs::is_perturbation, &ParamSetting::name) ||
      std::ranges::any_of(drifts, envs::is_perturbation, &envs::Drift::param))
    wrap<envs::Perturbed>(env);
  for (const auto& [name, value] : params) env->set_param(name, value);
  return world;
}

/// The world to learn in, with so many rows.
World make_learning_world(const TrainingConfig& experiment, int rows, core::ThreadPool* pool) {
  World world = make_observed(experiment, rows, true, pool);
  if (experiment.normalize_reward)
    wrap<envs::NormalizeReward>(world.env, envs::NormalizeConfig{.gamma = experiment.plan->gamma()});
  if (experiment.reward_scale != 1) wrap<envs::ScaleReward>(world.env, experiment.reward_scale);
  if (experiment.drifts.empty()) return world;
  auto drifting = std::make_unique<envs::Drifting>(std::move(world.env), bound_drifts(experiment));
  world.drifting = drifting.get();
  world.env = std::move(drifting);
  return world;
}

agents::AgentContext context_of(const TrainingConfig& experiment, const envs::EnvSpec& spec,
                                const agents::Networks& networks, core::ThreadPool* pool) {
  return {.spec = spec,
          .total_steps = experiment.steps,
          .rows = experiment.rows,
          .seed = experiment.seed,
          .drifts = learner_drifts(experiment),
          .pool = pool,
          .make_network = agents::find_network(networks, experiment.plan->network().kind)};
}

/// Bytes that the agent takes at least: networks with gradients and state of the optimizers, and the rollout.
double bytes_of_agent(const TrainingConfig& experiment, const envs::EnvSpec& spec) {
  constexpr double kPerParameter = 6 * sizeof(float);
  double parameters = 0;
  const auto& network = experiment.plan->network();
  if (network.is_perceptron())
    for (const auto& shape : {agents::actor_spec(spec, network), agents::critic_spec(spec, network)})
      for (const auto& block : agents::parameter_blocks(shape))
        parameters += static_cast<double>(agents::size_of(block));
  const double per_sample = sizeof(float) * (2 * spec.observation_size() + spec.action.size() + 7);
  return parameters * kPerParameter +
         static_cast<double>(experiment.plan->samples(experiment.rows)) * per_sample;
}

void demand_memory(const TrainingConfig& experiment, const envs::EnvSpec& spec) {
  constexpr double kGiga = 1e9;
  const double needed = bytes_of_agent(experiment, spec), limit = static_cast<double>(core::memory_limit());
  if (needed > limit)
    throw core::UsageError(
        fmt::format("this agent needs {:.1f} GB of memory, and there are {:.1f} GB: lower --hidden, "
                    "--rollout-steps or --envs",
                    needed / kGiga, limit / kGiga));
}

constexpr double kMaxSteps = 1e15;

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

void refuse_both(const std::vector<ParamSetting>& params, const std::vector<envs::Drift>& drifts) {
  for (const auto& drift : drifts)
    if (std::ranges::count(params, drift.param, &ParamSetting::name) > 0)
      throw core::UsageError(
          fmt::format("{0} has a --param and --drift {1}: a drift says every value, so leave out --param {0}",
                      drift.param, drift.to_string()));
}

TrainingConfig::TrainingConfig(const std::string& env_id, const std::string& algorithm_name, bool drifting)
    : env(envs::find_env(env_id).id),
      algorithm(algorithm_name.empty() ? agents::default_algorithm(env_id, drifting) : algorithm_name),
      plan(agents::find_algorithm(algorithm).plan()) {
  core::Options options;
  describe(options);
  options.read_config_text(agents::default_options(env, algorithm, drifting), "tuned defaults");
  options.apply();
}

void ignore_switches(core::Options& options) {
  for (const auto& algorithm : agents::algorithms()) {
    TrainingConfig experiment(envs::env_table().front().id, algorithm.name);
    core::Options described;
    experiment.describe(described);
    options.ignore_switches_of(described);
  }
}

std::string environment_of(const core::Options& options, const std::string& named) {
  if (options.positional().empty()) return named;
  const std::string& word = options.positional()[0];
  if (options.typed("env"))
    throw core::UsageError(fmt::format("the environment is given twice: '{}' and --env {}", word, named));
  return word;
}

TrainingConfig TrainingConfig::of(const core::Tensors& checkpoint) {
  const auto field = [&](const char* name) -> const std::string& {
    const auto found = checkpoint.metadata.find(name);
    if (found == checkpoint.metadata.end())
      throw core::CorruptError(fmt::format("the checkpoint has no '{}'", name));
    return found->second;
  };
  if (field("format") != kFormat && field("format") != kFirstFormat)
    throw core::CorruptError(
        fmt::format("the checkpoint is of format '{}', not '{}'", field("format"), kFormat));
  try {
    TrainingConfig experiment(field("env"), field("algorithm"));
    core::Options options;
    experiment.describe(options);
    options.read_config_text(field("options"), "options of the checkpoint");
    options.apply();
    make_learning_world(experiment, 1, nullptr);  // refuses parameters that the world cannot have
    return experiment;
  } catch (const core::UsageError& error) {
    throw core::CorruptError(error.what());
  }
}

TrainingConfig TrainingConfig::from_config(const std::filesystem::path& file) {
  const auto text = core::read_config_file(file);
  std::string env_id, name;
  std::vector<std::string> drifting;
  core::Options first;
  first.add("env", env_id, "");
  first.add("algo", name, "");
  first.list("drift", drifting, "");
  first.read_config_text(text, file.string(), core::Unknown::skip);
  first.apply();
  TrainingConfig experiment(env_id, name, !drifting.empty());
  core::Options options;
  experiment.describe(options);
  options.read_config_text(text, file.string(), core::Unknown::skip);
  options.apply();
  return experiment;
}

void TrainingConfig::describe(core::Options& options) {
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
  options.add("keep-checkpoints", keep_checkpoints,
              "of the numbered checkpoints the newest ones that stay, beside best and last; 0 is all",
              {.low = 0});
  options.add("introspect-every", introspect_every,
              "environment steps between looks into the optimizer, for metrics.csv; 0 is never",
              {.low = 0, .high = kMaxSteps});
  options.section("World");
  options.list("param", params, "NAME=VALUE of a parameter of the environment; see 'rhoam list'");
  options.list("drift", drifts,
               "PARAM:SCHEDULE of a parameter, of a perturbation or of advantage-scale, such as "
               "action-flip:square:dwell=400updates; with one other defaults hold: see --help beside it");
  options.add(
      "observation-scale", "constant factor of each observation component, such as 0.5,0.7,8,0.7",
      [this](const std::string& text) { observation_scale = parse_factors(text); },
      [this] { return factors_text(observation_scale); });
  options.add("reward-scale", reward_scale,
              "constant factor of the rewards that the learner sees; the parameter of this name is a "
              "log-variance",
              {.low = 0, .low_open = true});
  options.flag("normalize-observation", normalize_observation,
               "standardise observations by running statistics");
  options.flag(
      "normalize-reward", normalize_reward,
      "divide rewards by the running deviation of the discounted return; the tuned --reward-scale then "
      "does not hold");
  plan->describe(options);
}

void TrainingConfig::drop_tuned_reward_scale(const core::Options& options) {
  if (!normalize_reward || reward_scale == 1 || options.given("reward-scale")) return;
  remark = fmt::format("rewards are normalised: the tuned --reward-scale {0} becomes 1; give it to have both",
                       core::format_double(reward_scale));
  reward_scale = 1;
}

std::string TrainingConfig::options_text() {
  core::Options options;
  describe(options);
  return options.dump();
}

std::map<std::string, std::string> TrainingConfig::metadata() {
  return {{"format", kFormat}, {"env", env}, {"algorithm", algorithm}, {"options", options_text()}};
}

std::string TrainingConfig::config_text() {
  return fmt::format("# 'rhoam train --config FILE' repeats this training\nenv = {}\nalgo = {}\n{}", env,
                     algorithm, options_text());
}

void TrainingConfig::check(const agents::Networks& networks) const {
  agents::find_network(networks, plan->network().kind);
  demand_memory(*this, envs::find_env(env).spec());
  check_options(networks);
}

void TrainingConfig::check_options(const agents::Networks& networks) const {
  const auto world = make_learning_world(*this, 1, nullptr);
  make_agent_to_load(*this, world.env->spec(), networks, nullptr);
}

World make_evaluation_world(const TrainingConfig& experiment, int rows, core::ThreadPool* pool) {
  return make_observed(experiment, rows, false, pool);
}

World make_world(const TrainingConfig& experiment, core::ThreadPool* pool) {
  return make_learning_world(experiment, experiment.rows, pool);
}

std::unique_ptr<agents::Agent> make_agent(const TrainingConfig& experiment, const envs::EnvSpec& spec,
                                          const agents::Networks& networks, core::ThreadPool* pool) {
  return experiment.plan->make(context_of(experiment, spec, networks, pool));
}

std::unique_ptr<agents::Agent> make_agent_to_load(const TrainingConfig& experiment, const envs::EnvSpec& spec,
                                                  const agents::Networks& networks, core::ThreadPool* pool) {
  auto context = context_of(experiment, spec, networks, pool);
  context.make_network = [make = context.make_network](agents::MlpSpec network, core::Stream& stream) {
    network.initialisation = agents::Initialisation::normal;
    return make(network, stream);
  };
  return experiment.plan->make(context);
}

}  // namespace rhoam::training
