#include "apps/watch/game.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/errors.h"
#include "core/safetensors.h"
#include "tests/apps/watch/players.h"
#include "tests/apps/watch/working_folder.h"

namespace rhoam::watch {
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
