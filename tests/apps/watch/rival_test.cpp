#include "apps/watch/rival.h"

#include <gtest/gtest.h>

#include "core/errors.h"
#include "tests/apps/watch/players.h"

namespace rhoam::watch {
namespace {

constexpr const char* kOdd = "param = gravity=30\nparam = action-flip=1\nnormalize-observation = true\n";

Player odd_agent() { return make_trainee(trained("CartPole-v1", kOdd), "agent", networks()); }

/// What the agent gets in CartPole as it is, with these parameters.
double return_at(std::vector<std::string> params) {
  Player agent = odd_agent();
  agent.setting.params = std::move(params);
  return play_headless(agent, 5, {}, true).episode_return;
}

TEST(Rival, PlaysInThePersonsWorld) {
  Rival rival(odd_agent(), {.env = "CartPole-v1", .params = {"length=0.8"}});
  EXPECT_EQ(rival.play({.seed = 5}), return_at({"gravity=9.8", "action-flip=0", "length=0.8"}));
  EXPECT_NE(rival.play({.seed = 5}), return_at({}));
}

TEST(Rival, MeetsWhatThePersonTurned) {
  Rival rival(odd_agent(), {.env = "CartPole-v1"});
  const double turned = rival.play({.seed = 5, .changes = {{0, "force_mag", 1}}});
  EXPECT_EQ(turned, return_at({"gravity=9.8", "action-flip=0", "force_mag=1"}));
  EXPECT_NE(turned, rival.play({.seed = 5}));
}

TEST(Rival, StartsEachEpisodeInTheSameWorld) {
  Rival rival(odd_agent(), {.env = "CartPole-v1"});
  const double first = rival.play({.seed = 5});
  rival.play({.seed = 5, .changes = {{0, "force_mag", 1}}});
  EXPECT_EQ(rival.play({.seed = 5}), first);
}

TEST(Rival, PlaysNoOtherEnvironment) {
  EXPECT_THROW(Rival(odd_agent(), {.env = "LunarLander-v3"}), core::UsageError);
}

}  // namespace
}  // namespace rhoam::watch
