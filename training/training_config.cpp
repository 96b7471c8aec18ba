#include "rhoam/training/training_config.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "rhoam/agents/defaults.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/text.h"
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

constexpr double kMaxSteps = 1e15;

}  // namespace

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
    TrainingConfig config(envs::env_table().front().id, algorithm.name);
    core::Options described;
    config.describe(described);
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
    TrainingConfig config(field("env"), field("algorithm"));
    core::Options options;
    config.describe(options);
    options.read_config_text(field("options"), "options of the checkpoint");
    options.apply();
    return config;
  } catch (const core::UsageError& error) {
    throw core::CorruptError(error.what());
  }
}

TrainingConfig TrainingConfig::from_config(const std::filesystem::path& file, core::Unknown unknown) {
  const auto text = core::read_config_file(file);
  std::string env_id, name, from;
  std::vector<std::string> drifting;
  core::Options first;
  first.add("env", env_id, "");
  first.add("algo", name, "");
  first.list("drift", drifting, "");
  first.read_config_text(text, file.string(), core::Unknown::skip);
  first.apply();
  TrainingConfig config(env_id, name, !drifting.empty());
  core::Options options;
  options.add("env", env_id, "");
  options.add("algo", name, "");
  options.add("from", from, "");
  config.describe(options);
  options.read_config_text(text, file.string(), unknown);
  options.apply();
  return config;
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

std::vector<core::GivenOption> TrainingConfig::options() {
  core::Options options;
  describe(options);
  return options.values();
}

std::map<std::string, std::string> TrainingConfig::metadata() {
  return {{"format", kFormat}, {"env", env}, {"algorithm", algorithm}, {"options", options_text()}};
}

std::string TrainingConfig::config_text() {
  return fmt::format("# 'rhoam train --config FILE' repeats this training\nenv = {}\nalgo = {}\n{}", env,
                     algorithm, options_text());
}

}  // namespace rhoam::training
