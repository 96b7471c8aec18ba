#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rhoam/agents/agent.h"
#include "rhoam/agents/config.h"
#include "rhoam/agents/gradient_scale.h"
#include "rhoam/agents/learner.h"
#include "rhoam/agents/losses.h"
#include "rhoam/agents/rollout.h"

namespace rhoam::agents {

/// Shapes of an agent's networks: the actor's, with the outputs and free parameters of its distribution, and
/// the critic's.
MlpSpec actor_spec(const envs::EnvSpec& env, const NetworkConfig& config);
MlpSpec critic_spec(const envs::EnvSpec& env, const NetworkConfig& config);

/// The samples of one update: `rows` of obs [·, D] and actions [·, A].
struct Samples {
  std::span<const std::int32_t> rows;
  std::span<const float> obs;
  std::span<const float> actions;
};

/// Sums over the samples of an iteration; their means are its metrics.
struct PolicySums {
  double samples = 0, loss = 0, entropy = 0, kl = 0, outside = 0;
  double entropy_coef = 0;  ///< weight of the entropy in the last update
};
struct ValueSums {
  double samples = 0, squared_error = 0;
};

/// A policy network that samples actions, with its learner and the weight of its entropy bonus. That weight
/// follows the scale of the rewards where that drifts, so that nothing but the scale changes.
class Actor {
 public:
  Actor(const AgentContext&, const NetworkConfig&, const optim::OptimizerConfig&,
        const core::Schedule& entropy_coef);

  /// obs [N, D] → actions [N, A] and log π [N]. Throws DivergedError when outputs or actions are not
  /// finite.
  void act(std::span<const float> obs, std::span<float> actions, std::span<float> log_prob);
  Policy policy() { return {&learner.network(), distribution.get()}; }
  /// One update of L = E[term] − β E[H]. For each sample in turn `per_sample(at, log π)` returns its
  /// PolicyTerm; `at` counts within samples.rows. With `most_kl` the step is skipped, and false returned,
  /// when the mean divergence of these samples exceeds it or is NaN; `sums` includes them all the same.
  template <class PerSample>
  bool improve(const Samples& samples, const core::Clocks& clocks, PolicySums& sums, PerSample&& per_sample,
               const std::optional<double>& most_kl = {}) {
    const float scale = 1.0f / static_cast<float>(samples.rows.size());
    const auto beta = static_cast<float>(entropy_coef_.at(clocks) * reward_scale_.at(clocks));
    const double size = static_cast<double>(samples.rows.size()), kl_before = sums.kl;
    sums.entropy_coef = beta;
    std::size_t at = 0;
    const auto loss_gradient = [&](auto chunk, auto outputs, auto d_outputs, auto gradient) {
      std::array<float, kChunk> log_prob, entropy, d_log_prob;
      const ActionBatch actions = gather(chunk, outputs, samples.actions);
      const EvaluatedActions known{std::span(log_prob).first(chunk.size()),
                                   std::span(entropy).first(chunk.size()), d_outputs};
      distribution->evaluate(actions, known);
      for (std::size_t b = 0; b < chunk.size(); ++b) {
        const PolicyTerm term = per_sample(at++, log_prob[b]);
        d_log_prob[b] = term.d_log_prob * scale;
        sums.loss += term.loss;
        sums.entropy += entropy[b];
        sums.kl += term.kl;
        sums.outside += term.outside;
      }
      distribution->gradient(actions, known, std::span(d_log_prob).first(chunk.size()), -beta * scale,
                             d_outputs, free_part(gradient));
    };
    sums.samples += size;
    if (most_kl)
      return learner.update_if(samples.rows, samples.obs, clocks, loss_gradient,
                               [&] { return (sums.kl - kl_before) / size <= *most_kl; });
    learner.update(samples.rows, samples.obs, clocks, loss_gradient);
    return true;
  }
  void save(core::Tensors& out) const;
  void load(const core::Tensors& in);

  std::unique_ptr<Distribution> distribution;
  Learner learner;

 private:
  /// The batch of `outputs` with the actions of the samples `rows`, gathered from `actions` [·, A]; at most
  /// kChunk rows.
  ActionBatch gather(std::span<const std::int32_t> rows, std::span<const float> outputs,
                     std::span<const float> actions);
  /// The part of a gradient vector that belongs to the free parameters.
  std::span<float> free_part(std::span<float> gradient) const {
    return gradient.last(static_cast<std::size_t>(distribution->free_parameters()));
  }

  core::Schedule entropy_coef_;
  ScaleDrift reward_scale_;
  core::Stream stream_;
  std::unique_ptr<Workspace> acting_;
  std::vector<float> outputs_, gathered_;
};

/// Adds the metrics of every algorithm, under Stable-Baselines3's keys and signs and as means over the
/// iteration: train/entropy_loss = −E[H], train/policy_gradient_loss, train/value_loss = E[(V − R)²],
/// train/loss = policy_gradient_loss + β entropy_loss + ½ value_loss (there that of the last minibatch) and,
/// for a continuous policy, train/std = mean σ. Without a critic value_loss is NaN and is left out of the
/// loss.
void report(Actor& actor, const PolicySums& policy, const ValueSums& values, std::vector<Metric>& out);

/// The network V(s) of a critic.
Learner make_critic(const AgentContext&, const NetworkConfig&, const optim::OptimizerConfig&);

/// One update of a critic on `rows` of obs [·, D], L = ½ E[squared error]. For each sample in turn
/// `per_sample(at, V)` returns its ValueTerm; `at` counts within `rows`.
template <class PerSample>
void fit_values(Learner& critic, std::span<const std::int32_t> rows, std::span<const float> obs,
                const core::Clocks& clocks, ValueSums& sums, PerSample&& per_sample) {
  const float scale = 1.0f / static_cast<float>(rows.size());
  std::size_t at = 0;
  critic.update(rows, obs, clocks, [&](auto chunk, auto outputs, auto d_outputs, auto) {
    for (std::size_t b = 0; b < chunk.size(); ++b) {
      const ValueTerm term = per_sample(at++, outputs[b]);
      d_outputs[b] = term.d_value * scale;
      sums.squared_error += term.squared_error;
    }
  });
  sums.samples += static_cast<double>(rows.size());
}

/// Actor, critic and one rollout with its advantages: what PPO and A2C learn from.
class ActorCritic {
 public:
  ActorCritic(const AgentContext&, const ActorCriticConfig&);

  void act(std::span<const float> obs, std::span<float> actions);
  void observe(const envs::StepBatch& batch) { rollout.store(batch); }
  /// Computes values, advantages and returns of a full rollout with the current critic.
  void judge();
  /// 1 − Var[returns − values]/Var[returns] of the rollout judged last; NaN where the returns do not vary.
  double explained_variance() const;
  /// Runs the two updates, which share nothing that either writes, in parallel.
  template <class ActorTask, class CriticTask>
  void learn(ActorTask&& actor_task, CriticTask&& critic_task) {
    const auto task = [&](int which) { which == 0 ? actor_task() : critic_task(); };
    if (pool_ != nullptr)
      pool_->run(2, task);
    else
      task(0), task(1);
    actor.learner.check_finite("actor");
    critic.check_finite("critic");
    rollout.clear();
  }
  std::vector<NamedLearner> learners() { return {{"actor", &actor.learner}, {"critic", &critic}}; }
  void save(core::Tensors& out) const;
  void load(const core::Tensors& in);

  Actor actor;
  Learner critic;
  Rollout rollout;
  std::vector<float> values, advantages, returns;  ///< [T, N]; empty before the first judge()

 private:
  float gamma_, gae_lambda_;
  core::ThreadPool* pool_;
  std::vector<float> next_values_, last_values_, final_values_;
};

}  // namespace rhoam::agents
