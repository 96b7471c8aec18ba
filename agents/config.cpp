#include "agents/config.h"

#include "agents/a2c.h"
#include "agents/ppo.h"
#include "agents/reinforce.h"
#include "core/errors.h"
#include "core/text.h"

namespace rhoam::agents {
namespace {

constexpr int kMaxWidth = 4096;

std::vector<int> parse_hidden(const std::string& text) {
  std::vector<int> sizes;
  for (const auto& part : core::split(text, ',')) {
    const auto size = core::parse_integer<int>(part);
    if (!size || *size < 1 || *size > kMaxWidth)
      throw core::UsageError("--hidden '" + text + "': layer sizes are 1 … " + std::to_string(kMaxWidth) +
                             ", separated by commas, such as 64,64");
    sizes.push_back(static_cast<int>(*size));
  }
  return sizes;
}

std::string hidden_text(const std::vector<int>& sizes) {
  std::string text;
  for (const int size : sizes) text += (text.empty() ? "" : ",") + std::to_string(size);
  return text;
}

void add_schedule(core::Options& options, const std::string& name, core::Schedule& schedule,
                  const std::string& help) {
  options.add(
      name, help + " (a number or a schedule)",
      [&](const std::string& text) { schedule = core::parse_schedule(text, core::kUnbound); },
      [&] { return schedule.to_string(); });
}

constexpr core::Range kUnit{.low = 0, .high = 1};

}  // namespace

void bind(optim::OptimizerConfig& optimizer, const AgentContext& context, double steps_per_update,
          std::uint64_t index) {
  optimizer.rates = {.steps_per_update = steps_per_update,
                     .steps_per_episode = static_cast<double>(context.spec.max_episode_steps)};
  optimizer.bind(
      {.whole_steps = static_cast<double>(context.total_steps), .seed = context.seed, .index = index});
}

void ActorCriticConfig::bind(const AgentContext& context, double steps_per_update) {
  agents::bind(actor, context, steps_per_update, 100);
  agents::bind(critic, context, steps_per_update, 200);
  entropy_coef.bind(
      {.whole_steps = static_cast<double>(context.total_steps), .seed = context.seed, .index = 300});
}

void NetworkConfig::describe(core::Options& options) {
  options.section("Networks (actor and critic are two)");
  options.choice("network", kind, "implementation of the networks", {"mlp", "torch"});
  options.add(
      "hidden", "sizes of the hidden layers",
      [this](const std::string& text) { hidden = parse_hidden(text); },
      [this] { return hidden_text(hidden); });
  options.choice("activation", activation, "activation of the hidden layers", {"tanh", "relu", "softsign"});
  options.flag("layer-norm", layer_norm, "normalise every hidden layer before its activation");
  options.add("actor-head-gain", actor_head_gain, "orthogonal gain of the policy's last layer", {.low = 0});
  options.add("critic-head-gain", critic_head_gain, "orthogonal gain of the critic's last layer", {.low = 0});
}

void ActorCriticConfig::describe(core::Options& options) {
  options.section("Learning");
  options.add("rollout-steps", rollout_steps, "steps of each environment between updates",
              {.low = 1, .high = 1 << 20});
  options.add("gamma", gamma, "discount per step", kUnit);
  options.add("gae-lambda", gae_lambda, "λ of the advantage estimate; 1 is n-step", kUnit);
  add_schedule(options, "entropy-coef", entropy_coef, "weight of the entropy bonus");
  options.flag("normalize-advantage", normalize_advantage,
               "standardise advantages (PPO: per minibatch, A2C: per rollout)");
  network.describe(options);
  optim::describe_pair(options, actor, critic);
}

void PpoConfig::describe(core::Options& options) {
  ActorCriticConfig::describe(options);
  options.section("PPO");
  options.add("epochs", epochs, "passes over each rollout", {.low = 1, .high = 1000});
  options.add("batch-size", batch_size, "samples per minibatch", {.low = 1, .high = 1 << 20});
  add_schedule(options, "clip-range", clip_range, "clip range of the probability ratio");
  options.add("value-clip", value_clip, "clip range of the value; 0 is off", {.low = 0});
  options.add("target-kl", target_kl, "the actor stops its epochs beyond 1.5 times this; 0 is off",
              {.low = 0});
}

void ReinforceConfig::describe(core::Options& options) {
  options.section("Learning");
  options.add("episodes-per-update", episodes, "finished episodes per update", {.low = 1, .high = 1 << 16});
  options.flag("baseline", baseline, "subtract a learned V(s)");
  options.add("baseline-updates", baseline_updates, "optimizer steps of V per update of the policy",
              {.low = 1, .high = 1000});
  options.add("gamma", gamma, "discount per step", kUnit);
  add_schedule(options, "entropy-coef", entropy_coef, "weight of the entropy bonus");
  options.flag("normalize-advantage", normalize_advantage, "standardise advantages over the update's steps");
  network.describe(options);
  optim::describe_pair(options, actor, critic);
}

}  // namespace rhoam::agents
