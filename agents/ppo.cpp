#include "rhoam/agents/ppo.h"

#include <algorithm>
#include <numeric>

#include "rhoam/agents/actor_critic.h"
#include "rhoam/agents/advantage.h"
#include "rhoam/agents/streams.h"

namespace rhoam::agents {
namespace {

/// An order of the samples, reshuffled for every epoch (Fisher–Yates).
class Shuffle {
 public:
  explicit Shuffle(core::Stream stream) : stream_(stream) {}
  std::span<const std::int32_t> next() {
    for (std::size_t i = order_.size() - 1; i > 0; --i) std::swap(order_[i], order_[stream_.below(i + 1)]);
    return order_;
  }
  const std::int32_t* begin() const { return order_.data(); }
  void save(core::Tensors& out, const std::string& name) const { save_stream(out, name, stream_); }
  void load(const core::Tensors& in, const std::string& name) { load_stream(in, name, stream_); }
  /// Resets the order to 0, 1, 2 … size−1, so that an iteration depends on the stream alone.
  void restart(std::size_t size) {
    order_.resize(size);
    std::iota(order_.begin(), order_.end(), 0);
  }

 private:
  std::vector<std::int32_t> order_;
  core::Stream stream_;
};

class Ppo final : public Agent {
 public:
  Ppo(const PpoConfig& config, const AgentContext& context)
      : config_(config),
        ac_(context, config),
        actor_order_(core::Stream(context.seed, core::Purpose::minibatch, 0)),
        critic_order_(core::Stream(context.seed, core::Purpose::minibatch, 1)),
        batch_advantages_(config.batch_size) {}

  void act(std::span<const float> obs, std::span<float> actions) override { ac_.act(obs, actions); }
  void observe(const envs::StepBatch& batch) override { ac_.observe(batch); }
  std::int64_t updates() const override { return ac_.actor.learner.updates(); }
  Policy policy() override { return ac_.actor.policy(); }
  std::vector<NamedLearner> learners() override { return ac_.learners(); }

  std::optional<Metrics> update(const core::Clocks& clocks) override {
    if (!ac_.rollout.full()) return {};
    ac_.judge();
    const double explained = ac_.explained_variance();
    ac_.learn([&] { improve_policy(clocks); }, [&] { improve_values(clocks); });
    metrics_ = {
        {"train/approx_kl", (policy_.kl - before_epoch_.kl) / (policy_.samples - before_epoch_.samples)},
        {"train/clip_fraction", policy_.outside / policy_.samples}};
    report(ac_.actor, policy_, values_, metrics_);
    metrics_.insert(metrics_.end(), {{"train/explained_variance", explained}, {"train/clip_range", clip_}});
    return metrics_;
  }

  void save(core::Tensors& out) const override {
    ac_.save(out);
    actor_order_.save(out, "actor_minibatches");
    critic_order_.save(out, "critic_minibatches");
    config_.clip_range.save(out, "schedule/clip-range");
  }
  void load(const core::Tensors& in) override {
    ac_.load(in);
    actor_order_.load(in, "actor_minibatches");
    critic_order_.load(in, "critic_minibatches");
    load_schedule(in, "schedule/clip-range", config_.clip_range);
  }

 private:
  /// Calls minibatch(samples) for every minibatch of every epoch; stops when it returns false.
  template <class Minibatch>
  void for_minibatches(Shuffle& shuffle, const Minibatch& minibatch) const {
    shuffle.restart(ac_.rollout.size());
    for (int epoch = 0; epoch < config_.epochs; ++epoch) {
      const auto order = shuffle.next();
      for (std::size_t start = 0; start < order.size(); start += config_.batch_size)
        if (!minibatch(order.subspan(start, std::min<std::size_t>(config_.batch_size, order.size() - start))))
          return;
    }
  }

  /// L = −E[min(r A, clip(r, 1 − c, 1 + c) A)] − β E[H], r = π(a|s)/π_old(a|s) (eq. 7).
  void improve_policy(const core::Clocks& clocks) {
    clip_ = config_.clip_range.at(clocks);
    const auto clip = static_cast<float>(clip_);
    const auto most_kl = config_.target_kl > 0 ? std::optional(1.5 * config_.target_kl) : std::nullopt;
    policy_ = {};
    for_minibatches(actor_order_, [&](std::span<const std::int32_t> samples) {
      if (samples.data() == actor_order_.begin()) before_epoch_ = policy_;  // an epoch begins
      const auto advantages = std::span(batch_advantages_).first(samples.size());
      for (std::size_t at = 0; at < samples.size(); ++at) advantages[at] = ac_.advantages[samples[at]];
      if (config_.normalize_advantage) standardise(advantages);
      const auto term = [&](std::size_t at, float log_prob) {
        return clipped_surrogate(log_prob, ac_.rollout.log_prob[samples[at]], advantages[at], clip);
      };
      return ac_.actor.improve({samples, ac_.rollout.obs, ac_.rollout.actions}, clocks, policy_, term,
                               most_kl);
    });
  }

  /// L = ½ E[(V − R)²]; with clipping, the larger of this and the loss of V clamped near its old value.
  void improve_values(const core::Clocks& clocks) {
    const auto limit = static_cast<float>(config_.value_clip);
    values_ = {};
    for_minibatches(critic_order_, [&](std::span<const std::int32_t> samples) {
      fit_values(ac_.critic, samples, ac_.rollout.obs, clocks, values_, [&](std::size_t at, float value) {
        const std::int32_t sample = samples[at];
        return limit > 0 ? clipped_value(value, ac_.values[sample], ac_.returns[sample], limit)
                         : value_error(value, ac_.returns[sample]);
      });
      return true;
    });
  }

  PpoConfig config_;
  ActorCritic ac_;
  Shuffle actor_order_, critic_order_;
  std::vector<float> batch_advantages_;
  PolicySums policy_, before_epoch_;  // now, and at the start of its last epoch; written by the actor's task
  double clip_ = 0;                   // written by the actor's task
  ValueSums values_;                  // written by the critic's task
  std::vector<Metric> metrics_;
};

}  // namespace

void PpoConfig::describe(core::Options& options) {
  ActorCriticConfig::describe(options);
  options.section("PPO");
  options.add("epochs", epochs, "passes over each rollout", {.low = 1, .high = 1000});
  options.add("batch-size", batch_size, "samples per minibatch", {.low = 1, .high = 1 << 20});
  add_schedule(options, "clip-range", clip_range, "clip range of the probability ratio",
               {.low = 0, .low_open = true});
  options.add("value-clip", value_clip, "clip range of the value; 0 is off", {.low = 0});
  options.add("target-kl", target_kl, "the actor stops its epochs beyond 1.5 times this; 0 is off",
              {.low = 0});
}

std::unique_ptr<Agent> make_ppo(const PpoConfig& config, const AgentContext& context) {
  const std::int64_t samples = config.samples(context.rows);
  const std::int64_t minibatches = (samples + config.batch_size - 1) / config.batch_size;
  PpoConfig bound = config;
  bound.bind(context, static_cast<double>(samples) / static_cast<double>(config.epochs * minibatches));
  bind(bound.clip_range, context, ScheduleStream::clip_range);
  return std::make_unique<Ppo>(bound, context);
}

}  // namespace rhoam::agents
