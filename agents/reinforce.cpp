#include "rhoam/agents/reinforce.h"

#include <numeric>

#include "rhoam/agents/actor_critic.h"
#include "rhoam/agents/advantage.h"
#include "rhoam/agents/episodes.h"

namespace rhoam::agents {
namespace {

class Reinforce final : public Agent {
 public:
  Reinforce(const ReinforceConfig& config, const AgentContext& context)
      : config_(config),
        actor_(context, config.network, config.actor, config.entropy_coef),
        critic_(make_critic(context, config.network, config.critic)),
        episodes_(context.rows, context.spec.observation_size(), context.spec.action),
        log_prob_(context.rows) {}

  std::int64_t updates() const override { return actor_.learner.updates(); }
  Policy policy() override { return actor_.policy(); }
  std::vector<NamedLearner> learners() override {
    std::vector<NamedLearner> all{{"actor", &actor_.learner}};
    if (config_.baseline) all.push_back({"critic", &critic_});
    return all;
  }

  void act(std::span<const float> obs, std::span<float> actions) override {
    actor_.act(obs, actions, log_prob_);
    episodes_.act(obs, actions);
  }

  /// A time limit is not a termination: with a baseline V(final_obs) replaces the rewards cut off, without
  /// one they count as 0.
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
    if (config_.center_advantage) center(advantages_);
    if (config_.normalize_advantage) standardise(advantages_);
    improve_policy(clocks);
    if (config_.baseline)
      for (int k = 0; k < config_.baseline_updates; ++k) fit_baseline(clocks);
    actor_.learner.check_finite("actor");
    if (config_.baseline) critic_.check_finite("critic");
    episodes_.clear();
    metrics_.clear();
    report(actor_, policy_sums_, value_sums_, metrics_);
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
    policy_sums_ = {};
    actor_.improve(
        {samples_, episodes_.obs, episodes_.actions}, clocks, policy_sums_,
        [&](std::size_t at, float log_prob) { return policy_gradient(log_prob, advantages_[at]); });
  }

  /// L = ½ E[(b(s) − G)²].
  void fit_baseline(const core::Clocks& clocks) {
    value_sums_ = {};
    fit_values(critic_, samples_, episodes_.obs, clocks, value_sums_,
               [&](std::size_t at, float value) { return value_error(value, episodes_.returns[at]); });
  }

  ReinforceConfig config_;
  Actor actor_;
  Learner critic_;
  Episodes episodes_;
  std::vector<float> log_prob_, advantages_, values_;
  std::vector<std::int32_t> samples_;
  PolicySums policy_sums_;
  ValueSums value_sums_;
  std::vector<Metric> metrics_;
};

}  // namespace

void ReinforceConfig::describe(core::Options& options) {
  options.section("Learning");
  options.add("episodes-per-update", episodes, "finished episodes per update", {.low = 1, .high = 1 << 16});
  options.flag("baseline", baseline, "subtract a learned V(s)");
  options.add("baseline-updates", baseline_updates, "optimizer steps of V per update of the policy",
              {.low = 1, .high = 1000});
  options.add("gamma", gamma, "discount per step", kFraction);
  add_schedule(options, "entropy-coef", entropy_coef, "weight of the entropy bonus", {.low = 0});
  options.flag("center-advantage", center_advantage,
               "subtract the mean of the update's other samples, a baseline that needs no learning");
  options.flag("normalize-advantage", normalize_advantage, "standardise advantages over the update's steps");
  network.describe(options);
  optim::describe_pair(options, actor, critic);
}

std::string ReinforceConfig::unused(const std::string& option) const {
  if (!baseline && option == "baseline-updates") return "without --baseline";
  return optim::unused_by_pair(actor, baseline ? &critic : nullptr, option);
}

std::unique_ptr<Agent> make_reinforce(const ReinforceConfig& config, const AgentContext& context) {
  ReinforceConfig bound = config;
  const double per_update = config.episodes, pace = config.baseline_updates;
  bind(bound.actor, context, {.episodes_per_update = per_update}, ScheduleStream::actor);
  bind(bound.critic, context, {.episodes_per_update = per_update / pace}, ScheduleStream::critic, pace);
  bind(bound.entropy_coef, context, ScheduleStream::entropy_coef);
  return std::make_unique<Reinforce>(bound, context);
}

}  // namespace rhoam::agents
