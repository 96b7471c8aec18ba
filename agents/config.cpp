#include "rhoam/agents/config.h"

#include <limits>

#include "rhoam/agents/gradient_scale.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/optim/hyper.h"

namespace rhoam::agents {
namespace {

constexpr int kMaxWidth = 4096;
constexpr const char* kLinear = "none";  // the text for no hidden layers

std::vector<int> parse_hidden(const std::string& text) {
  std::vector<int> sizes;
  if (text == kLinear) return sizes;
  for (const auto& part : core::split(text, ',')) {
    const auto size = core::parse_integer<int>(part);
    if (!size || *size < 1 || *size > kMaxWidth)
      throw core::UsageError("--hidden '" + text + "': layer sizes are 1 … " + std::to_string(kMaxWidth) +
                             ", separated by commas, such as 64,64; none is a linear network");
    sizes.push_back(*size);
  }
  return sizes;
}

std::string hidden_text(const std::vector<int>& sizes) {
  std::string text;
  for (const int size : sizes) text += (text.empty() ? "" : ",") + std::to_string(size);
  return sizes.empty() ? kLinear : text;
}

}  // namespace

void add_schedule(core::Options& options, const std::string& name, core::Schedule& schedule,
                  const std::string& help, const core::Range& allowed) {
  options.add(
      name, help + " (a number or a schedule)",
      [&schedule, name, allowed](const std::string& text) {
        schedule = optim::Hyper(name, core::parse_schedule(text, core::kUnbound), allowed).schedule();
      },
      [&schedule] { return schedule.to_string(); });
}

void bind(core::Schedule& schedule, const AgentContext& context, ScheduleStream stream) {
  schedule.bind({.whole_steps = static_cast<double>(context.total_steps),
                 .seed = context.seed,
                 .index = static_cast<std::uint64_t>(stream)});
}

void bind(optim::OptimizerConfig& optimizer, const AgentContext& context, core::ClockRates rates,
          ScheduleStream stream, double pace) {
  rates.steps_per_episode = static_cast<double>(context.spec.max_episode_steps);
  optimizer.rates = rates.at({});
  if (!optimizer.timescale) optimizer.timescale = shortest_drift(context.drifts, optimizer.rates, pace);
  optimizer.bind({.whole_steps = static_cast<double>(context.total_steps),
                  .seed = context.seed,
                  .index = static_cast<std::uint64_t>(stream)});
}

void ActorCriticConfig::bind(const AgentContext& context, double steps_per_update) {
  agents::bind(actor, context, {.steps_per_update = steps_per_update}, ScheduleStream::actor);
  agents::bind(critic, context, {.steps_per_update = steps_per_update}, ScheduleStream::critic);
  agents::bind(entropy_coef, context, ScheduleStream::entropy_coef);
}

std::int64_t ActorCriticConfig::samples(int rows) const {
  const std::int64_t samples = std::int64_t{rollout_steps} * rows;
  if (samples > std::numeric_limits<std::int32_t>::max())
    throw core::UsageError("a rollout of " + std::to_string(rollout_steps) + " steps × " +
                           std::to_string(rows) + " environments is too long: at most " +
                           std::to_string(std::numeric_limits<std::int32_t>::max()) +
                           " samples; lower --rollout-steps or --envs");
  return samples;
}

void NetworkConfig::describe(core::Options& options) {
  options.section("Networks (actor and critic are two)");
  options.add("network", kind, "implementation of the networks: mlp, torch, or one that this program adds");
  options.add(
      "hidden", "sizes of the hidden layers, such as 64,64, or none",
      [this](const std::string& text) { hidden = parse_hidden(text); },
      [this] { return hidden_text(hidden); });
  options.choice("activation", activation, "activation of the hidden layers", {"tanh", "relu", "softsign"});
  options.flag("layer-norm", layer_norm, "normalise every hidden layer before its activation");
  options.flag("head-bias", head_bias, "give the last layers a bias");
  options.choice("init", initialisation,
                 "start of the weights: orthogonal, or normal with deviation gain/√inputs",
                 {"orthogonal", "normal"});
  options.add("hidden-gain", hidden_gain, "gain of the hidden layers at the start", {.low = 0});
  options.add("actor-head-gain", actor_head_gain, "gain of the policy's last layer", {.low = 0});
  options.add("critic-head-gain", critic_head_gain, "gain of the critic's last layer", {.low = 0});
  options.add("initial-std", initial_std, "deviation of a Gaussian policy at the start",
              {.low = 1e-6, .high = 1e6});
  options.flag("learn-std", learn_std, "learn the deviation of a Gaussian policy");
}

void ActorCriticConfig::describe(core::Options& options) {
  options.section("Learning");
  options.add("rollout-steps", rollout_steps, "steps of each environment between updates",
              {.low = 1, .high = 1 << 20});
  options.add("gamma", gamma, "discount per step", kFraction);
  options.add("gae-lambda", gae_lambda, "λ of the advantage estimate; 1 is n-step", kFraction);
  add_schedule(options, "entropy-coef", entropy_coef, "weight of the entropy bonus", {.low = 0});
  options.flag("normalize-advantage", normalize_advantage,
               "standardise advantages (PPO: per minibatch, A2C: per rollout)");
  network.describe(options);
  optim::describe_pair(options, actor, critic);
}

}  // namespace rhoam::agents
