#include "rhoam/agents/a2c.h"

#include <numeric>

#include "rhoam/agents/actor_critic.h"
#include "rhoam/agents/advantage.h"

namespace rhoam::agents {
namespace {

class A2c final : public Agent {
 public:
  A2c(const A2cConfig& config, const AgentContext& context) : config_(config), ac_(context, config) {}

  void act(std::span<const float> obs, std::span<float> actions) override { ac_.act(obs, actions); }
  void observe(const envs::StepBatch& batch) override { ac_.observe(batch); }
  std::int64_t updates() const override { return ac_.actor.learner.updates(); }
  Policy policy() override { return ac_.actor.policy(); }
  std::vector<NamedLearner> learners() override { return ac_.learners(); }
  void save(core::Tensors& out) const override { ac_.save(out); }
  void load(const core::Tensors& in) override { ac_.load(in); }

  std::optional<Metrics> update(const core::Clocks& clocks) override {
    if (!ac_.rollout.full()) return {};
    samples_.resize(ac_.rollout.size());
    std::iota(samples_.begin(), samples_.end(), 0);
    ac_.judge();
    const double explained = ac_.explained_variance();
    if (config_.normalize_advantage) standardise(ac_.advantages);
    ac_.learn([&] { improve_policy(clocks); }, [&] { improve_values(clocks); });
    metrics_.clear();
    report(ac_.actor, policy_, values_, metrics_);
    metrics_.push_back({"train/explained_variance", explained});
    return metrics_;
  }

 private:
  /// L = −E[log π(a|s) A] − β E[H].
  void improve_policy(const core::Clocks& clocks) {
    policy_ = {};
    ac_.actor.improve(
        {samples_, ac_.rollout.obs, ac_.rollout.actions}, clocks, policy_,
        [&](std::size_t at, float log_prob) { return policy_gradient(log_prob, ac_.advantages[at]); });
  }

  /// L = ½ E[(V − R)²].
  void improve_values(const core::Clocks& clocks) {
    values_ = {};
    fit_values(ac_.critic, samples_, ac_.rollout.obs, clocks, values_,
               [&](std::size_t at, float value) { return value_error(value, ac_.returns[at]); });
  }

  A2cConfig config_;
  ActorCritic ac_;
  std::vector<std::int32_t> samples_;  // 0, 1, 2 …
  PolicySums policy_;                  // written by the actor's task
  ValueSums values_;                   // written by the critic's task
  std::vector<Metric> metrics_;
};

}  // namespace

std::unique_ptr<Agent> make_a2c(const A2cConfig& config, const AgentContext& context) {
  A2cConfig bound = config;
  bound.bind(context, static_cast<double>(config.samples(context.rows)));
  return std::make_unique<A2c>(bound, context);
}

}  // namespace rhoam::agents
