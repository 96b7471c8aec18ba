#include "rhoam/agents/actor_critic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "rhoam/core/errors.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/core/text.h"
#include "rhoam/tests/agents/fixed_episodes.h"
#include "rhoam/tests/agents/small_training.h"

namespace rhoam::agents {
namespace {

ActorCritic two_by_two() {
  ActorCriticConfig config;
  config.network.hidden = {4};
  config.rollout_steps = 2;
  return {{.spec = FixedEpisodes({1, 1}).spec(), .rows = 2, .make_network = make_mlp}, config};
}

TEST(ExplainedVariance, IsTheShareOfTheReturnsThatValuesPredict) {
  ActorCritic ac = two_by_two();
  ac.returns = {1, 3, 5, 7};  // variance 5
  ac.values = {1, 3, 5, 7};
  EXPECT_DOUBLE_EQ(ac.explained_variance(), 1);
  ac.values = {9, 9, 9, 9};
  EXPECT_DOUBLE_EQ(ac.explained_variance(), 0);
  ac.values = {0, 4, 4, 8};  // off by 1, −1, 1, −1: variance 1
  EXPECT_DOUBLE_EQ(ac.explained_variance(), 0.8);
}

TEST(ExplainedVariance, IsMissingWhereThereIsNoneToExplain) {
  ActorCritic ac = two_by_two();
  ac.returns = {2, 2, 2, 2};
  EXPECT_TRUE(std::isnan(ac.explained_variance()));
}

std::string target_kl(const std::string& limit) { return "target-kl = " + limit + "\n"; }

// 48 samples in minibatches of 24, four epochs: eight updates.
TEST(Ppo, TakesEveryMinibatchWithoutATargetKl) {
  SmallTraining training(find_algorithm("ppo"));
  training.run(1);
  EXPECT_EQ(training.agent->updates(), 8);
}

// The first minibatch meets the old policy itself; the second one is beyond.
TEST(Ppo, EndsTheActorsEpochsBeforeAStepBeyondTheTargetKl) {
  for (const char* limit : {"1e-6", "1e-12", "1e-300"})
    for (const char* env : {"CartPole-v1", "TrackingTarget-v0"}) {
      SmallTraining training(find_algorithm("ppo"), {.env = env, .more = target_kl(limit)});
      training.run(3);
      EXPECT_EQ(training.agent->updates(), 3) << env << " " << limit;
      EXPECT_EQ(training.agent->learners()[1].learner->updates(), 24) << "the critic goes on";
    }
}

TEST(Ppo, AGenerousTargetKlChangesNothing) {
  SmallTraining free(find_algorithm("ppo")), bounded(find_algorithm("ppo"), {.more = target_kl("1e9")});
  free.run(3);
  bounded.run(3);
  EXPECT_EQ(core::format_safetensors(free.state()), core::format_safetensors(bounded.state()));
}

/// An actor of one state and one component, and a step on a sample of this ratio and the advantage −1.
struct OneSample {
  OneSample()
      : actor({.spec = FixedEpisodes({1}).spec(), .make_network = make_mlp}, {.hidden = {}},
              {.recipe = "sgd", .lr = 1.0}, core::Schedule(0.0)) {}
  bool improve(float log_ratio, const std::optional<double>& most_kl) {
    const std::vector<float> obs{0}, actions{0};
    return actor.improve(
        {std::vector<std::int32_t>{0}, obs, actions}, {}, sums,
        [&](std::size_t, float) { return clipped_surrogate(log_ratio, 0, -1, 0.2f); }, most_kl);
  }
  Actor actor;
  PolicySums sums;
};

TEST(Actor, LeavesOutTheStepOfARatioThatOverflows) {
  OneSample one;
  const auto parameters = one.actor.policy().network->parameters();
  const std::vector<float> before(parameters.begin(), parameters.end());
  for (const float log_ratio : {89.0f, 1e4f, std::numeric_limits<float>::infinity(), std::nanf("")})
    EXPECT_FALSE(one.improve(log_ratio, 0.015)) << log_ratio;
  EXPECT_TRUE(std::ranges::equal(parameters, before));
  EXPECT_EQ(one.actor.learner.updates(), 0);
  EXPECT_EQ(one.sums.samples, 4) << "what was seen is reported";
  one.actor.learner.check_finite("actor");
}

TEST(Actor, WithoutABoundARatioThatOverflowsIsNamed) {
  OneSample one;
  EXPECT_TRUE(one.improve(89, {}));
  EXPECT_THROW(one.actor.learner.check_finite("actor"), core::DivergedError);
}

TEST(ActorCriticConfig, RefusesARolloutThatNoIndexReaches) {
  ActorCriticConfig config;
  config.rollout_steps = 1 << 20;
  EXPECT_EQ(config.samples(1 << 10), std::int64_t{1} << 30);
  EXPECT_THROW(config.samples(1 << 11), core::UsageError);
}

/// What an algorithm reports of its first iteration of 48 steps.
std::map<std::string, double> metrics_of(const char* algorithm, const std::string& options,
                                         const std::string& env = "CartPole-v1") {
  SmallTraining training(find_algorithm(algorithm),
                         {.env = env, .more = options, .options = "hidden = 8\nrollout-steps = 16\n"});
  std::map<std::string, double> metrics;
  train(*training.env, *training.agent, training.progress, 1'000'000'000, [&](Metrics reported) {
    for (const auto& [key, value] : reported) metrics[key] = value;
    return false;
  });
  return metrics;
}

TEST(Metrics, HaveTheNamesAndSignsOfStableBaselines3) {
  for (const auto& algorithm : algorithms()) {
    auto metrics = metrics_of(algorithm.name, "entropy-coef = 0.25\n");
    EXPECT_LT(metrics.at("train/entropy_loss"), -0.6) << "minus the entropy of two actions, 0.69";
    EXPECT_GE(metrics.at("train/entropy_loss"), -std::log(2.0) - 1e-6);
    EXPECT_NEAR(metrics.at("train/loss"),
                metrics.at("train/policy_gradient_loss") + 0.25 * metrics.at("train/entropy_loss") +
                    0.5 * metrics.at("train/value_loss"),
                1e-9);
    EXPECT_FALSE(metrics.contains("train/std")) << "actions are discrete";
  }
  EXPECT_EQ(metrics_of("ppo", "clip-range = 0.125\n").at("train/clip_range"), 0.125);
}

TEST(Metrics, HaveTheDeviationOfAContinuousPolicy) {
  for (const auto& algorithm : algorithms())
    EXPECT_NEAR(
        metrics_of(algorithm.name, "initial-std = 0.5\nlr = 0\n", "TrackingTarget-v0").at("train/std"), 0.5,
        1e-6)
        << algorithm.name;
}

TEST(Metrics, LeaveTheValueOutOfTheLossWithoutACritic) {
  auto metrics = metrics_of("reinforce", "baseline = false\n");
  EXPECT_TRUE(std::isnan(metrics.at("train/value_loss")));
  EXPECT_EQ(metrics.at("train/loss"), metrics.at("train/policy_gradient_loss"));
}

// In the first of two epochs of one minibatch the policy meets itself, so that a mean over both were half of
// it.
TEST(Metrics, TheDivergenceIsThatOfTheLastEpoch) {
  const std::string one = "batch-size = 48\nlr = 0.01\nepochs = 1\n",
                    two = "batch-size = 48\nlr = 0.01\nepochs = 2\n";
  EXPECT_EQ(metrics_of("ppo", one).at("train/approx_kl"), 0);
  const double kl = metrics_of("ppo", two).at("train/approx_kl");
  EXPECT_GT(kl, 0);
  const auto bound = "target-kl = " + core::format_double(0.99 * kl / 1.5) + "\n";
  EXPECT_EQ(metrics_of("ppo", two + bound).at("train/approx_kl"), kl) << "where it ends the epochs, too";
}

/// How far the entropy bonus alone moves log σ in one update.
float moved_by_entropy(const std::vector<std::string>& drifts) {
  const AgentContext context{.spec = FixedEpisodes({1}).spec(),
                             .drifts = envs::parse_drifts(drifts, 100, 0),
                             .make_network = make_mlp};
  Actor actor(context, {.hidden = {}}, {.recipe = "sgd", .lr = 1.0}, core::Schedule(0.25));
  const std::vector<float> obs{0}, actions{0};
  PolicySums sums;
  actor.improve({std::vector<std::int32_t>{0}, obs, actions}, {}, sums,
                [](std::size_t, float) { return PolicyTerm{}; });
  return actor.policy().free_parameters()[0];  // dH/d log σ = 1
}

TEST(Actor, ItsEntropyBonusFollowsTheScaleOfTheRewards) {
  EXPECT_FLOAT_EQ(moved_by_entropy({}), 0.25f);
  EXPECT_FLOAT_EQ(moved_by_entropy({"reward-scale:steps:at=9,values=2/0"}), 0.25f * std::exp(1.0f));
}

TEST(AgentOptions, RefuseSchedulesThatCanLeaveTheirRange) {
  for (const char* line : {"clip-range = -0.2\n", "clip-range = 0\n", "entropy-coef = -1\n",
                           "entropy-coef = linear:from=0.1,to=-0.1\n"})
    EXPECT_THROW(SmallTraining(find_algorithm("ppo"), {.more = line}), core::UsageError) << line;
}

}  // namespace
}  // namespace rhoam::agents
