#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "rhoam/core/errors.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/tests/watch/players.h"
#include "rhoam/tests/watch/working_folder.h"
#include "rhoam/watch/game.h"

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

TEST(Opponent, PlaysInThePersonsWorld) {
  Opponent opponent(odd_agent(), {.env = "CartPole-v1", .params = {"length=0.8"}});
  EXPECT_EQ(opponent.play({.seed = 5}), return_at({"gravity=9.8", "action-flip=0", "length=0.8"}));
  EXPECT_NE(opponent.play({.seed = 5}), return_at({}));
}

TEST(Opponent, MeetsWhatThePersonTurned) {
  Opponent opponent(odd_agent(), {.env = "CartPole-v1"});
  const double turned = opponent.play({.seed = 5, .changes = {{0, "force_mag", 1}}});
  EXPECT_EQ(turned, return_at({"gravity=9.8", "action-flip=0", "force_mag=1"}));
  EXPECT_NE(turned, opponent.play({.seed = 5}));
}

TEST(Opponent, StartsEachEpisodeInTheSameWorld) {
  Opponent opponent(odd_agent(), {.env = "CartPole-v1"});
  const double first = opponent.play({.seed = 5});
  opponent.play({.seed = 5, .changes = {{0, "force_mag", 1}}});
  EXPECT_EQ(opponent.play({.seed = 5}), first);
}

TEST(Opponent, PlaysNoOtherEnvironment) {
  EXPECT_THROW(Opponent(odd_agent(), {.env = "LunarLander-v3"}), core::UsageError);
}

}  // namespace

namespace {

namespace fs = std::filesystem;

/// Two episodes that are to be saved in a folder.
class GameTest : public testing::Test {
 protected:
  GameTest() : playback_(only(random_player("CartPole-v1")), 3, true) {}

  std::string fly() {
    if (game_.episodes() > 0) playback_.next();
    playback_.play_ahead();
    return game_.add();
  }
  std::string finish() {
    testing::internal::CaptureStdout();
    EXPECT_THROW(game_.finish(), core::IoError);
    return testing::internal::GetCapturedStdout();
  }

  test::WorkingFolder folder_;
  Playback playback_;
  Game game_{playback_, std::nullopt, "folder/x.replay"};
};

TEST_F(GameTest, SavesAfterEveryEpisode) {
  fs::create_directory("folder");
  for (const std::size_t episodes : {1, 2}) {
    fly();
    EXPECT_EQ(replay_of(core::read_safetensors("folder/x.replay")).episodes.size(), episodes);
  }
}

TEST_F(GameTest, SaysWhyAnEpisodeIsNotSaved) {
  EXPECT_THAT(fly(), testing::StartsWith("you "));
  EXPECT_THAT(game_.failure(), testing::HasSubstr("folder/x.replay"));
}

TEST_F(GameTest, SavesAllWithTheNextEpisode) {
  fly();
  fs::create_directory("folder");
  fly();
  EXPECT_EQ(game_.failure(), "");
  EXPECT_EQ(replay_of(core::read_safetensors("folder/x.replay")).episodes.size(), 2);
}

TEST_F(GameTest, TriesAgainInTheEnd) {
  fly();
  fs::create_directory("folder");
  testing::internal::CaptureStdout();
  game_.finish();
  EXPECT_THAT(testing::internal::GetCapturedStdout(), testing::HasSubstr("saved in folder/x.replay"));
  EXPECT_TRUE(fs::exists("folder/x.replay"));
}

TEST_F(GameTest, PrintsTheScoresBeforeItFails) {
  fly();
  EXPECT_THAT(finish(), testing::StartsWith("1 episode: you "));
}

}  // namespace

}  // namespace rhoam::watch
