#include "rhoam/watch/manual_control.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rhoam/envs/params.h"
#include "rhoam/envs/registry.h"
#include "rhoam/tests/envs/tested_envs.h"

namespace rhoam::watch {
namespace {

using ::testing::ElementsAre;

envs::ActionSpace actions_of(const char* env) { return envs::find_env(env).spec().action; }

/// The name of what is chosen.
std::string chosen(ManualControl& hands, const envs::ActionSpace& actions, double x, double y) {
  return actions.names[static_cast<std::size_t>(hands.steer(x, y)[0])];
}

/// The same for an environment of named actions.
class Flyer {
 public:
  explicit Flyer(const char* env) : actions_(actions_of(env)), hands_(actions_) {}
  std::string operator()(double x, double y) { return chosen(hands_, actions_, x, y); }

 private:
  envs::ActionSpace actions_;
  ManualControl hands_;
};

TEST(ManualControl, FireTheEnginesOfALander) {
  Flyer fly("LunarLander-v3");
  EXPECT_EQ(fly(0, 0), "nothing");
  EXPECT_THAT(fly(-1, 0), ::testing::StartsWith("left"));
  EXPECT_THAT(fly(1, 0), ::testing::StartsWith("right"));
  EXPECT_THAT(fly(0, 1), ::testing::StartsWith("main"));
  EXPECT_EQ(fly(0, -1), "nothing");
}

TEST(ManualControl, TakeTurnsWhereTwoEnginesAreWanted) {
  Flyer fly("LunarLander-v3");
  const auto first = fly(1, 1), second = fly(1, 1), third = fly(1, 1);
  EXPECT_NE(first, second);
  EXPECT_EQ(first, third);
}

TEST(ManualControl, IgnoreAStickNearItsRest) {
  Flyer fly("LunarLander-v3");
  EXPECT_EQ(fly(0.4, 0.4), "nothing");
}

TEST(ManualControl, PushACartToTheSideThatIsHeld) {
  Flyer push("CartPole-v1");
  for (int i = 0; i < 3; ++i) EXPECT_THAT(push(-1, 0), ::testing::StartsWith("left"));
  for (int i = 0; i < 3; ++i) EXPECT_THAT(push(1, 0), ::testing::StartsWith("right"));
}

TEST(ManualControl, PushACartToBothSidesInTurnsWhereNothingIsHeld) {
  Flyer push("CartPole-v1");
  const auto first = push(0, 0), second = push(0, 0);
  EXPECT_NE(first, second);
  EXPECT_EQ(push(0, 0), first);
}

TEST(ManualControl, ChooseAmongNamelessActionsOncePerPress) {
  ManualControl hands({.n = 3, .bounds = {}});
  std::vector<float> chosen;
  for (const double x : {0., 1., 1., 0., 1., 0., 1., 0., -1.}) chosen.push_back(hands.steer(x, 0)[0]);
  EXPECT_THAT(chosen, ElementsAre(0, 1, 1, 1, 2, 2, 0, 0, 2));
}

TEST(ManualControl, ReachTheBoundsOfContinuousActions) {
  ManualControl hands({.n = 0, .bounds = {{-2, 4}, {-1, 1}}});
  EXPECT_THAT(hands.steer(1, 1), ElementsAre(4, 0));
  EXPECT_THAT(hands.steer(-1, 1), ElementsAre(-2, 0));
  EXPECT_THAT(hands.steer(0.5, 0), ElementsAre(2, 0));
}

TEST(ManualControl, ThrottleAContinuousLanderWithTheVertical) {
  ManualControl hands(actions_of("LunarLanderContinuous-v3"));
  EXPECT_THAT(hands.steer(0, 1), ElementsAre(1, 0));
  EXPECT_THAT(hands.steer(-1, 0), ElementsAre(0, -1));
  EXPECT_THAT(hands.steer(0.25, 0.5), ElementsAre(0.5, 0.25));
}

TEST(ManualControl, MakeAnActionOfEveryEnvironment) {
  for (const auto& tested : envs::tested_envs()) {
    const auto& entry = tested.entry;
    const auto actions = entry.spec().action;
    ManualControl hands(actions);
    for (const double x : {-1., 0., 1.})
      for (const double y : {-1., 0., 1.}) EXPECT_TRUE(envs::allowed(actions, hands.steer(x, y))) << entry.id;
  }
}

}  // namespace
}  // namespace rhoam::watch
