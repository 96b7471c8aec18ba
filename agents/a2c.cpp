#include "agents/a2c.h"

#include <array>
#include <numeric>

#include "agents/actor_critic.h"
#include "agents/advantage.h"

namespace rhoam::agents {
namespace {

class A2c final : public Agent {
 public:
  A2c(const A2cConfig& config, const AgentContext& context)
      : config_(config), ac_(context, config), samples_(ac_.rollout.size()) {
    std::iota(samples_.begin(), samples_.end(), 0);
  }

  void act(std::span<const float> obs, std::span<float> actions) override { ac_.act(obs, actions); }
  void observe(const envs::StepBatch& batch) override { ac_.observe(batch); }
  std::int64_t updates() const override { return ac_.actor.learner.updates(); }
  Policy policy() override { return ac_.actor.policy(); }
  void save(core::Tensors& out) const override { ac_.save(out); }
  void load(const core::Tensors& in) override { ac_.load(in); }

  std::optional<Metrics> update(const core::Clocks& clocks) override {
    if (!ac_.rollout.full()) return {};
    ac_.judge();
    const double explained = ac_.explained_variance();
    if (config_.normalize_advantage) standardise(ac_.advantages);
    ac_.learn([&] { improve_policy(clocks); }, [&] { fit_values(clocks); });
    const auto size = static_cast<double>(samples_.size());
    metrics_ = {{{"train/entropy", entropy_ / size},
                 {"train/policy_gradient_loss", policy_loss_ / size},
                 {"train/value_loss", value_loss_ / size},
                 {"train/explained_variance", explained},
                 {"optim/actor_grad_norm", ac_.actor.learner.gradient_norm()},
                 {"optim/critic_grad_norm", ac_.critic.gradient_norm()}}};
    return metrics_;
  }

 private:
  /// L = −E[log π(a|s) A] − β E[H].
  void improve_policy(const core::Clocks& clocks) {
    const float scale = 1.0f / static_cast<float>(samples_.size());
    const auto beta = static_cast<float>(config_.entropy_coef.at(clocks));
    entropy_ = policy_loss_ = 0;
    ac_.actor.learner.update(
        samples_, ac_.rollout.obs, clocks, [&](auto chunk, auto outputs, auto d_outputs, auto gradient) {
          std::array<float, kChunk> log_prob, entropy, d_log_prob;
          const ActionBatch actions = ac_.actor.gather(chunk, outputs, ac_.rollout.actions);
          ac_.actor.distribution->evaluate(actions, std::span(log_prob).first(chunk.size()),
                                           std::span(entropy).first(chunk.size()));
          for (std::size_t b = 0; b < chunk.size(); ++b) {
            const float advantage = ac_.advantages[chunk[b]];
            d_log_prob[b] = -advantage * scale;
            entropy_ += entropy[b];
            policy_loss_ -= log_prob[b] * advantage;
          }
          ac_.actor.distribution->gradient(actions, std::span(d_log_prob).first(chunk.size()), -beta * scale,
                                           d_outputs, ac_.actor.free_part(gradient));
        });
  }

  /// L = ½ E[(V − R)²].
  void fit_values(const core::Clocks& clocks) {
    const float scale = 1.0f / static_cast<float>(samples_.size());
    value_loss_ = 0;
    ac_.critic.update(samples_, ac_.rollout.obs, clocks, [&](auto chunk, auto outputs, auto d_outputs, auto) {
      for (std::size_t b = 0; b < chunk.size(); ++b) {
        const float error = outputs[b] - ac_.returns[chunk[b]];
        d_outputs[b] = error * scale;
        value_loss_ += error * error;
      }
    });
  }

  A2cConfig config_;
  ActorCritic ac_;
  std::vector<std::int32_t> samples_;
  double entropy_ = 0, policy_loss_ = 0;  // written by the actor's task
  double value_loss_ = 0;                 // written by the critic's task
  std::array<Metric, 6> metrics_{};
};

}  // namespace

std::unique_ptr<Agent> make_a2c(const A2cConfig& config, const AgentContext& context) {
  A2cConfig bound = config;
  bound.bind(context, static_cast<double>(config.rollout_steps) * context.rows);
  return std::make_unique<A2c>(bound, context);
}

}  // namespace rhoam::agents
