#include "agents/shortest_drift.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "agents/learner.h"
#include "tests/agents/small_training.h"

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
}  // namespace rhoam::agents
