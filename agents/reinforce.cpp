#include "agents/reinforce.h"

#include <array>
#include <numeric>

#include "agents/actor_critic.h"
#include "agents/advantage.h"
#include "agents/episodes.h"

namespace rhoam::agents {
namespace {

class Reinforce final : public Agent {
 public:
  Reinforce(const ReinforceConfig& config, const AgentContext& context)
      : config_(config),
        actor_(context, config.network, config.actor),
        critic_(make_critic(context, config.network, config.critic)),
        episodes_(context.rows, context.spec.observation_size(), actor_.distribution->action_size()),
        log_prob_(context.rows) {}

  std::int64_t updates() const override { return actor_.learner.updates(); }
  Policy policy() override { return actor_.policy(); }

  void act(std::span<const float> obs, std::span<float> actions) override {
    actor_.act(obs, actions, log_prob_);
    episodes_.act(obs, actions);
  }

  /// A time limit is no ending: with a baseline V(final_obs) stands for what was cut off, without one it
  /// counts as 0.
  void observe(const envs::StepBatch& batch) override {
    const std::size_t size = critic_.network().inputs();
    episodes_.observe(batch, static_cast<float>(config_.gamma), [&](int row) {
      float value = 0;
      if (config_.baseline && batch.truncated[row])
        critic_.evaluate(std::span(batch.final_obs).subspan(row * size, size), std::span(&value, 1));
      return value;
    });
  }

  std::optional<Metrics> update(const core::Clocks& clocks) override {
    if (episodes_.finished() < config_.episodes) return {};
    samples_.resize(episodes_.returns.size());
    std::iota(samples_.begin(), samples_.end(), 0);
    advantages_ = episodes_.returns;
    if (config_.baseline) subtract_baseline();
    if (config_.normalize_advantage) standardise(advantages_);
    improve_policy(clocks);
    if (config_.baseline)
      for (int k = 0; k < config_.baseline_updates; ++k) fit_baseline(clocks);
    actor_.learner.check_finite("actor");
    critic_.check_finite("critic");
    episodes_.clear();
    const auto size = static_cast<double>(samples_.size());
    metrics_ = {{{"train/entropy", entropy_ / size},
                 {"train/policy_gradient_loss", policy_loss_ / size},
                 {"train/value_loss", value_loss_ / size},
                 {"optim/actor_grad_norm", actor_.learner.gradient_norm()}}};
    return metrics_;
  }

  void save(core::Tensors& out) const override {
    actor_.save(out);
    critic_.save(out, "critic/");
    episodes_.save(out);
  }
  void load(const core::Tensors& in) override {
    actor_.load(in);
    critic_.load(in, "critic/");
    episodes_.load(in);
  }

 private:
  void subtract_baseline() {
    values_.resize(advantages_.size());
    critic_.evaluate(episodes_.obs, values_);
    for (std::size_t at = 0; at < values_.size(); ++at) advantages_[at] -= values_[at];
  }

  /// L = −E[log π(a|s) (G − b(s))] − β E[H].
  void improve_policy(const core::Clocks& clocks) {
    const float scale = 1.0f / static_cast<float>(samples_.size());
    const auto beta = static_cast<float>(config_.entropy_coef.at(clocks));
    entropy_ = policy_loss_ = 0;
    actor_.learner.update(
        samples_, episodes_.obs, clocks, [&](auto chunk, auto outputs, auto d_outputs, auto gradient) {
          std::array<float, kChunk> log_prob, entropy, d_log_prob;
          const ActionBatch actions = actor_.gather(chunk, outputs, episodes_.actions);
          actor_.distribution->evaluate(actions, std::span(log_prob).first(chunk.size()),
                                        std::span(entropy).first(chunk.size()));
          for (std::size_t b = 0; b < chunk.size(); ++b) {
            d_log_prob[b] = -advantages_[chunk[b]] * scale;
            entropy_ += entropy[b];
            policy_loss_ -= log_prob[b] * advantages_[chunk[b]];
          }
          actor_.distribution->gradient(actions, std::span(d_log_prob).first(chunk.size()), -beta * scale,
                                        d_outputs, actor_.free_part(gradient));
        });
  }

  /// L = ½ E[(b(s) − G)²].
  void fit_baseline(const core::Clocks& clocks) {
    const float scale = 1.0f / static_cast<float>(samples_.size());
    value_loss_ = 0;
    critic_.update(samples_, episodes_.obs, clocks, [&](auto chunk, auto outputs, auto d_outputs, auto) {
      for (std::size_t b = 0; b < chunk.size(); ++b) {
        const float error = outputs[b] - episodes_.returns[chunk[b]];
        d_outputs[b] = error * scale;
        value_loss_ += error * error;
      }
    });
  }

  ReinforceConfig config_;
  Actor actor_;
  Learner critic_;
  Episodes episodes_;
  std::vector<float> log_prob_, advantages_, values_;
  std::vector<std::int32_t> samples_;
  double entropy_ = 0, policy_loss_ = 0, value_loss_ = 0;
  std::array<Metric, 4> metrics_{};
};

}  // namespace

std::unique_ptr<Agent> make_reinforce(const ReinforceConfig& config, const AgentContext& context) {
  const double steps_per_update = static_cast<double>(context.spec.max_episode_steps) * config.episodes;
  ReinforceConfig bound = config;
  bind(bound.actor, context, steps_per_update, 100);
  bind(bound.critic, context, steps_per_update / config.baseline_updates, 200);
  bound.entropy_coef.bind(
      {.whole_steps = static_cast<double>(context.total_steps), .seed = context.seed, .index = 300});
  return std::make_unique<Reinforce>(bound, context);
}

}  // namespace rhoam::agents
