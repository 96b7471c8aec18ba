#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "rhoam/agents/gradient_scale.h"
#include "rhoam/agents/learner.h"
#include "rhoam/core/errors.h"
#include "rhoam/tests/agents/small_training.h"

namespace rhoam::agents {
namespace {

constexpr core::ClockRates kRates{.steps_per_update = 100, .steps_per_episode = 500};

std::optional<optim::DeclaredDrift> shortest(const std::vector<std::string>& texts) {
  return shortest_drift(envs::parse_drifts(texts, 1e6, 0), kRates);
}

TEST(ShortestDrift, ComparesTimescalesInUpdates) {
  const auto drift = shortest({"gravity:sine:period=30updates,low=-11,high=-4",
                               "wind:ou:tau=2900,amplitude=1", "length:square:dwell=6episodes"});
  ASSERT_TRUE(drift);
  EXPECT_EQ(drift->name, "wind:ou:tau=2900,amplitude=1");
  EXPECT_EQ(drift->timescale.value, 2900);
  EXPECT_EQ(drift->kind, optim::DriftKind::ou);
}

TEST(ShortestDrift, IsNoneWhereNothingHasATimescale) {
  EXPECT_FALSE(shortest({}));
  EXPECT_FALSE(
      shortest({"gravity:walk:scale=1,every=10", "length:steps:at=5,values=1/2", "wind:linear:from=0,to=1"}));
}

TEST(ShortestDrift, KnowsTheAmplitudeOfALogVariance) {
  EXPECT_EQ(shortest({"advantage-scale:telegraph:dwell=50,amplitude=2.5"})->amplitude, 2.5);
  EXPECT_EQ(shortest({"reward-scale:sine:period=50,low=-1,high=2"})->amplitude, 1.5);
  EXPECT_EQ(shortest({"reward-scale:ou:tau=50,amplitude=0.7"})->amplitude, 0.7);
  EXPECT_FALSE(shortest({"advantage-scale:growth:tau=50"})->amplitude);
  EXPECT_FALSE(shortest({"gravity:sine:period=50,low=-11,high=-4"})->amplitude);
}

TEST(ShortestDrift, LeavesAKindWithoutAClosedFormOpen) {
  EXPECT_FALSE(shortest({"wind:burst:every=100,length=10"})->kind);
  EXPECT_EQ(shortest({"wind:square:dwell=100"})->kind, optim::DriftKind::telegraph);
}

TEST(ShortestDrift, CountsUpdatesOfTheActorWhereTheWorldDrifts) {
  const std::vector<std::string> texts{"length:square:dwell=6updates"};
  EXPECT_EQ(shortest_drift(envs::parse_drifts(texts, 1e6, 0), kRates, 10)->timescale.value, 60);
}

TEST(ShortestDrift, CountsUpdatesOfTheNetworkWhereItsAdvantageDrifts) {
  const std::vector<std::string> texts{"advantage-scale:square:dwell=6updates"};
  EXPECT_EQ(shortest_drift(envs::parse_drifts(texts, 1e6, 0), kRates, 10)->timescale.value, 6);
}

/// What each learner of a training in a drifting world goes by.
std::vector<optim::DeclaredDrift> declared(const std::string& more) {
  SmallTraining training(find_algorithm("a2c"), {.more = more, .drifts = {"length:square:dwell=480"}});
  std::vector<optim::DeclaredDrift> all;
  for (const auto& each : training.agent->learners()) all.push_back(each.learner->config().timescale.value());
  return all;
}

TEST(AgentContext, ItsShortestDriftIsTheTimescaleOfEveryOptimizer) {
  for (const auto& drift : declared("rho = match\n")) EXPECT_EQ(drift.name, "length:square:dwell=480");
}

TEST(AgentContext, ATimescaleThatIsGivenBeatsTheDrift) {
  for (const auto& drift : declared("timescale = 9updates\n")) EXPECT_EQ(drift.timescale.value, 9);
}

TEST(AgentContext, ACriticThatIsFittedMoreOftenSeesALongerDrift) {
  SmallTraining training(find_algorithm("reinforce"),
                         {.more = "baseline-updates = 7\n", .drifts = {"length:square:dwell=5updates"}});
  const auto learners = training.agent->learners();
  EXPECT_EQ(learners[0].learner->config().timescale->timescale.value, 5);
  EXPECT_EQ(learners[1].learner->config().timescale->timescale.value, 35);
}

// 3 rows × 16 steps are an update: 480 steps are 10.
TEST(AgentContext, AMatchTakesTheDriftAsItsHalfLife) {
  SmallTraining training(find_algorithm("a2c"),
                         {.more = "rho = match\n", .drifts = {"length:square:dwell=480"}});
  training.run(30);
  EXPECT_NEAR(training.agent->learners()[0].learner->memory(), 1 / (1 - std::exp2(-0.1)), 1e-3);
}

}  // namespace

namespace {

ScaleDrift scale_of(const std::string& drift) {
  const std::vector<std::string> texts{"gravity:sine:period=10", drift};
  return {envs::parse_drifts(texts, 1000, 3), envs::kAdvantageScale};
}

TEST(ScaleDrift, IsOneWithoutADriftOfItsParameter) {
  EXPECT_EQ(ScaleDrift().at({}), 1);
  EXPECT_EQ(scale_of("reward-scale:steps:at=1,values=5/5").at({.steps = 9}), 1);
}

TEST(ScaleDrift, IsTheRootOfAnExponentialOfTheLogVariance) {
  ScaleDrift scale = scale_of("advantage-scale:steps:at=5updates,values=0/2.302585093");
  EXPECT_EQ(scale.at({.steps = 100, .updates = 4}), 1);
  EXPECT_NEAR(scale.at({.updates = 5}), std::sqrt(10), 1e-9);
}

TEST(ScaleDrift, StaysFiniteWhereALogVarianceRunsAway) {
  ScaleDrift scale = scale_of("advantage-scale:growth:tau=1updates");
  EXPECT_DOUBLE_EQ(scale.at({.updates = 1'000'000}), std::exp(50));
}

TEST(ScaleDrift, GoesOnAfterSaveAndLoad) {
  const char* text = "advantage-scale:telegraph:dwell=2updates,amplitude=1";
  ScaleDrift whole = scale_of(text), resumed = scale_of(text);
  whole.at({.updates = 50});
  core::Tensors saved;
  whole.save(saved, "x");
  resumed.load(saved, "x");
  for (std::int64_t t = 51; t < 80; ++t) EXPECT_EQ(resumed.at({.updates = t}), whole.at({.updates = t}));
}

TEST(ScaleDrift, RefusesStateWithoutRandomness) {
  ScaleDrift scale = scale_of("advantage-scale:ou:tau=2updates,amplitude=1");
  core::Tensors saved;
  scale.save(saved, "x");
  std::ranges::fill(saved.all().at("x/stream").bytes, std::byte{});
  EXPECT_THROW(scale.load(saved, "x"), core::CorruptError);
}

}  // namespace

}  // namespace rhoam::agents
