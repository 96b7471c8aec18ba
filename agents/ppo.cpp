#include "agents/ppo.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "agents/actor_critic.h"
#include "agents/advantage.h"

namespace rhoam::agents {
namespace {

/// A running order of the samples, reshuffled for every epoch (Fisher–Yates).
class Shuffle {
 public:
  Shuffle(std::size_t size, core::Stream stream) : order_(size), stream_(stream) {
    std::iota(order_.begin(), order_.end(), 0);
  }
  std::span<const std::int32_t> next() {
    for (std::size_t i = order_.size() - 1; i > 0; --i) std::swap(order_[i], order_[stream_.below(i + 1)]);
    return order_;
  }
  void save(core::Tensors& out, const std::string& name) const {
    out.put("streams/" + name, std::span<const std::uint64_t>(stream_.state()));
  }
  void load(const core::Tensors& in, const std::string& name) {
    core::Stream::State state;
    in.get("streams/" + name, std::span<std::uint64_t>(state));
    stream_.set_state(state);
  }
  /// Back to 0, 1, 2 … so that an iteration depends on the stream alone.
  void restart() { std::iota(order_.begin(), order_.end(), 0); }

 private:
  std::vector<std::int32_t> order_;
  core::Stream stream_;
};

class Ppo final : public Agent {
 public:
  Ppo(const PpoConfig& config, const AgentContext& context)
      : config_(config),
        ac_(context, config),
        actor_order_(ac_.rollout.size(), core::Stream(context.seed, core::Purpose::minibatch, 0)),
        critic_order_(ac_.rollout.size(), core::Stream(context.seed, core::Purpose::minibatch, 1)),
        batch_advantages_(config.batch_size) {}

  void act(std::span<const float> obs, std::span<float> actions) override { ac_.act(obs, actions); }
  void observe(const envs::StepBatch& batch) override { ac_.observe(batch); }
  std::int64_t updates() const override { return ac_.actor.learner.updates(); }
  Policy policy() override { return ac_.actor.policy(); }

  std::optional<Metrics> update(const core::Clocks& clocks) override {
    if (!ac_.rollout.full()) return {};
    ac_.judge();
    const double explained = ac_.explained_variance();
    ac_.learn([&] { improve_policy(clocks); }, [&] { fit_values(clocks); });
    metrics_ = {{{"train/approx_kl", kl_ / policy_samples_},
                 {"train/clip_fraction", clipped_ / policy_samples_},
                 {"train/entropy", entropy_ / policy_samples_},
                 {"train/policy_gradient_loss", policy_loss_ / policy_samples_},
                 {"train/value_loss", value_loss_ / value_samples_},
                 {"train/explained_variance", explained},
                 {"optim/actor_grad_norm", ac_.actor.learner.gradient_norm()},
                 {"optim/critic_grad_norm", ac_.critic.gradient_norm()}}};
    return metrics_;
  }

  void save(core::Tensors& out) const override {
    ac_.save(out);
    actor_order_.save(out, "actor_minibatches");
    critic_order_.save(out, "critic_minibatches");
  }
  void load(const core::Tensors& in) override {
    ac_.load(in);
    actor_order_.load(in, "actor_minibatches");
    critic_order_.load(in, "critic_minibatches");
  }

 private:
  /// Calls minibatch(samples) for every minibatch of every epoch; stops when it returns false.
  template <class Minibatch>
  void for_minibatches(Shuffle& shuffle, const Minibatch& minibatch) const {
    shuffle.restart();
    for (int epoch = 0; epoch < config_.epochs; ++epoch) {
      const auto order = shuffle.next();
      for (std::size_t start = 0; start < order.size(); start += config_.batch_size)
        if (!minibatch(order.subspan(start, std::min<std::size_t>(config_.batch_size, order.size() - start))))
          return;
    }
  }

  /// L = −E[min(r A, clip(r, 1 − c, 1 + c) A)] − β E[H], r = π(a|s)/π_old(a|s) (eq. 7).
  void improve_policy(const core::Clocks& clocks) {
    const auto clip = static_cast<float>(config_.clip_range.at(clocks));
    const auto beta = static_cast<float>(config_.entropy_coef.at(clocks));
    policy_samples_ = kl_ = clipped_ = entropy_ = policy_loss_ = 0;
    for_minibatches(actor_order_, [&](std::span<const std::int32_t> samples) {
      const double kl_before = kl_;
      const auto advantages = std::span(batch_advantages_).first(samples.size());
      for (std::size_t b = 0; b < samples.size(); ++b) advantages[b] = ac_.advantages[samples[b]];
      if (config_.normalize_advantage) standardise(advantages);
      const float* advantage = advantages.data();
      const float scale = 1.0f / static_cast<float>(samples.size());
      ac_.actor.learner.update(
          samples, ac_.rollout.obs, clocks, [&](auto chunk, auto outputs, auto d_outputs, auto gradient) {
            std::array<float, kChunk> log_prob, entropy, d_log_prob;
            const ActionBatch actions = ac_.actor.gather(chunk, outputs, ac_.rollout.actions);
            ac_.actor.distribution->evaluate(actions, std::span(log_prob).first(chunk.size()),
                                             std::span(entropy).first(chunk.size()));
            for (std::size_t b = 0; b < chunk.size(); ++b) {
              const float a = *advantage++;
              const float log_ratio = log_prob[b] - ac_.rollout.log_prob[chunk[b]];
              const float ratio = std::exp(log_ratio);
              const bool clipped = a > 0 ? ratio > 1 + clip : ratio < 1 - clip;
              d_log_prob[b] = clipped ? 0 : -a * ratio * scale;
              kl_ += ratio - 1 - log_ratio;  // the unbiased, low-variance estimate (Schulman 2020)
              clipped_ += std::abs(ratio - 1) > clip;
              entropy_ += entropy[b];
              policy_loss_ -= std::min(ratio * a, std::clamp(ratio, 1 - clip, 1 + clip) * a);
            }
            ac_.actor.distribution->gradient(actions, std::span(d_log_prob).first(chunk.size()),
                                             -beta * scale, d_outputs, ac_.actor.free_part(gradient));
          });
      policy_samples_ += static_cast<double>(samples.size());
      const double kl = (kl_ - kl_before) / static_cast<double>(samples.size());
      return config_.target_kl <= 0 || kl <= 1.5 * config_.target_kl;
    });
  }

  /// L = ½ E[(V − R)²]; with clipping the larger of this and the loss of V held near its old value.
  void fit_values(const core::Clocks& clocks) {
    const auto limit = static_cast<float>(config_.value_clip);
    value_samples_ = value_loss_ = 0;
    for_minibatches(critic_order_, [&](std::span<const std::int32_t> samples) {
      const float scale = 1.0f / static_cast<float>(samples.size());
      ac_.critic.update(
          samples, ac_.rollout.obs, clocks, [&](auto chunk, auto outputs, auto d_outputs, auto) {
            for (std::size_t b = 0; b < chunk.size(); ++b) {
              const float error = outputs[b] - ac_.returns[chunk[b]];
              const float move = outputs[b] - ac_.values[chunk[b]];
              const float held_error = limit > 0 ? error - move + std::clamp(move, -limit, limit) : error;
              const bool held = held_error * held_error > error * error;
              d_outputs[b] = held && std::abs(move) > limit ? 0 : error * scale;
              value_loss_ += std::max(error * error, held_error * held_error);
            }
          });
      value_samples_ += static_cast<double>(samples.size());
      return true;
    });
  }

  PpoConfig config_;
  ActorCritic ac_;
  Shuffle actor_order_, critic_order_;
  std::vector<float> batch_advantages_;
  double policy_samples_ = 0, kl_ = 0, clipped_ = 0, entropy_ = 0,
         policy_loss_ = 0;                     // written by the actor's task
  double value_samples_ = 0, value_loss_ = 0;  // written by the critic's task
  std::array<Metric, 8> metrics_{};
};

}  // namespace

std::unique_ptr<Agent> make_ppo(const PpoConfig& config, const AgentContext& context) {
  const int samples = config.rollout_steps * context.rows;
  const int minibatches = (samples + config.batch_size - 1) / config.batch_size;
  PpoConfig bound = config;
  bound.bind(context, static_cast<double>(samples) / (config.epochs * minibatches));
  bound.clip_range.bind(
      {.whole_steps = static_cast<double>(context.total_steps), .seed = context.seed, .index = 301});
  return std::make_unique<Ppo>(bound, context);
}

}  // namespace rhoam::agents
