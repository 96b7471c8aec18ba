#include "rhoam/agents/actor_critic.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "rhoam/agents/advantage.h"
#include "rhoam/agents/finite.h"
#include "rhoam/agents/streams.h"
#include "rhoam/core/errors.h"

namespace rhoam::agents {
namespace {

MlpSpec spec_of(const envs::EnvSpec& env, const NetworkConfig& config) {
  return {.inputs = env.observation_size(),
          .hidden = config.hidden,
          .activation = parse_activation(config.activation),
          .layer_norm = config.layer_norm,
          .head_bias = config.head_bias,
          .initialisation = parse_initialisation(config.initialisation),
          .hidden_gain = config.hidden_gain};
}

std::unique_ptr<Distribution> make_policy(const envs::EnvSpec& env, const NetworkConfig& config) {
  return make_distribution(env.action, config.learn_std ? std::nullopt : std::optional(config.initial_std));
}

std::unique_ptr<Network> make_network(const AgentContext& context, const MlpSpec& spec, std::uint64_t index) {
  core::Stream stream(context.seed, core::Purpose::initialisation, index);
  return context.make_network(spec, stream);
}

ScaleDrift advantage_scale(const AgentContext& context) { return {context.drifts, envs::kAdvantageScale}; }

double variance(std::span<const float> x, std::span<const float> minus) {
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < x.size(); ++i) mean += x[i] - (minus.empty() ? 0.0f : minus[i]);
  mean /= static_cast<double>(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double d = x[i] - (minus.empty() ? 0.0f : minus[i]) - mean;
    squares += d * d;
  }
  return squares / static_cast<double>(x.size());
}

}  // namespace

MlpSpec actor_spec(const envs::EnvSpec& env, const NetworkConfig& config) {
  const auto policy = make_policy(env, config);
  MlpSpec spec = spec_of(env, config);
  spec.outputs = policy->outputs();
  spec.free_parameters = policy->free_parameters();
  spec.first_free = std::log(config.initial_std);
  spec.head_gain = config.actor_head_gain;
  return spec;
}

MlpSpec critic_spec(const envs::EnvSpec& env, const NetworkConfig& config) {
  MlpSpec spec = spec_of(env, config);
  spec.outputs = 1;
  spec.head_gain = config.critic_head_gain;
  return spec;
}

Actor::Actor(const AgentContext& context, const NetworkConfig& network,
             const optim::OptimizerConfig& optimizer, const core::Schedule& entropy_coef)
    : distribution(make_policy(context.spec, network)),
      learner(make_network(context, actor_spec(context.spec, network), 0), optimizer,
              advantage_scale(context)),
      entropy_coef_(entropy_coef),
      reward_scale_(context.drifts, envs::kRewardScale),
      stream_(context.seed, core::Purpose::policy),
      acting_(learner.network().make_workspace(context.rows)),
      outputs_(static_cast<std::size_t>(context.rows) * distribution->outputs()),
      gathered_(static_cast<std::size_t>(kChunk) * distribution->action_size()) {}

void Actor::act(std::span<const float> obs, std::span<float> actions, std::span<float> log_prob) {
  learner.network().forward(obs, outputs_, *acting_);
  if (!all_finite(outputs_)) throw core::DivergedError("actor/outputs is not finite");
  distribution->sample(outputs_, policy().free_parameters(), stream_, actions, log_prob);
  if (!all_finite(actions)) throw core::DivergedError("actor/actions is not finite");
}

ActionBatch Actor::gather(std::span<const std::int32_t> rows, std::span<const float> outputs,
                          std::span<const float> actions) {
  const std::size_t size = distribution->action_size();
  for (std::size_t b = 0; b < rows.size(); ++b)
    std::copy_n(&actions[rows[b] * size], size, &gathered_[b * size]);
  return {outputs, policy().free_parameters(), std::span<const float>(gathered_).first(rows.size() * size)};
}

void Actor::save(core::Tensors& out) const {
  learner.save(out, "actor/");
  save_stream(out, "policy", stream_);
  entropy_coef_.save(out, "schedule/entropy-coef");
  reward_scale_.save(out, "schedule/reward-scale");
}

void Actor::load(const core::Tensors& in) {
  learner.load(in, "actor/");
  load_stream(in, "policy", stream_);
  load_schedule(in, "schedule/entropy-coef", entropy_coef_);
  reward_scale_.load(in, "schedule/reward-scale");
}

void report(Actor& actor, const PolicySums& policy, const ValueSums& values, std::vector<Metric>& out) {
  const double entropy_loss = -policy.entropy / policy.samples;
  const double gradient_loss = policy.loss / policy.samples;
  const double value_loss = values.squared_error / values.samples;  // 0/0 without a critic
  const double critic_loss = values.samples > 0 ? value_loss / 2 : 0;
  out.insert(out.end(), {{"train/entropy_loss", entropy_loss},
                         {"train/policy_gradient_loss", gradient_loss},
                         {"train/value_loss", value_loss},
                         {"train/loss", gradient_loss + policy.entropy_coef * entropy_loss + critic_loss}});
  const double std = actor.distribution->mean_std(actor.policy().free_parameters());
  if (!std::isnan(std)) out.push_back({"train/std", std});
}

Learner make_critic(const AgentContext& context, const NetworkConfig& network,
                    const optim::OptimizerConfig& optimizer) {
  return {make_network(context, critic_spec(context.spec, network), 1), optimizer, advantage_scale(context)};
}

ActorCritic::ActorCritic(const AgentContext& context, const ActorCriticConfig& config)
    : actor(context, config.network, config.actor, config.entropy_coef),
      critic(make_critic(context, config.network, config.critic)),
      rollout(config.rollout_steps, context.rows, context.spec.observation_size(),
              actor.distribution->action_size()),
      gamma_(static_cast<float>(config.gamma)),
      gae_lambda_(static_cast<float>(config.gae_lambda)),
      pool_(context.pool),
      last_values_(context.rows) {}

void ActorCritic::act(std::span<const float> obs, std::span<float> actions) {
  std::copy(obs.begin(), obs.end(), rollout.slice_obs().begin());
  actor.act(obs, rollout.slice_actions(), rollout.slice_log_prob());
  std::copy(rollout.slice_actions().begin(), rollout.slice_actions().end(), actions.begin());
}

void ActorCritic::judge() {
  for (auto* each : {&values, &advantages, &returns, &next_values_, &final_values_})
    each->resize(rollout.size());
  const auto final_values = std::span(final_values_).first(rollout.truncations());
  critic.evaluate(rollout.obs, values);
  critic.evaluate(rollout.last_obs, last_values_);
  critic.evaluate(rollout.final_obs(), final_values);
  rollout.next_values(values, last_values_, final_values, next_values_);
  gae({.steps = rollout.steps(),
       .rows = rollout.rows(),
       .rewards = rollout.rewards,
       .values = values,
       .next_values = next_values_,
       .terminated = rollout.terminated,
       .truncated = rollout.truncated,
       .gamma = gamma_,
       .lambda = gae_lambda_},
      advantages);
  for (std::size_t at = 0; at < returns.size(); ++at) returns[at] = advantages[at] + values[at];
}

double ActorCritic::explained_variance() const {
  const double total = variance(returns, {});
  return total > 0 ? 1 - variance(returns, values) / total : std::numeric_limits<double>::quiet_NaN();
}

void ActorCritic::save(core::Tensors& out) const {
  actor.save(out);
  critic.save(out, "critic/");
}

void ActorCritic::load(const core::Tensors& in) {
  actor.load(in);
  critic.load(in, "critic/");
}

}  // namespace rhoam::agents
