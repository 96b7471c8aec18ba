#include <signal.h>

#include "rhoam/tests/apps/film_probe.h"
#include "rhoam/tests/apps/windowed.h"

namespace rhoam::tests {
namespace {

namespace fs = std::filesystem;

const Words kWatch = {"watch", "run", "--size", "480x320"};

/// `rhoam watch` in a window.
class WatchWindow : public WindowedRun {
 protected:
  /// Opens it and lets time stand still at the start.
  void open_paused(const Words& more = {}) {
    open(kWatch + more);
    user_->type("space");
    look();
  }
};

TEST_F(WatchWindow, QuitsWithQ) {
  open(kWatch);
  quit();
}

TEST_F(WatchWindow, EndsWellWhenItIsClosed) {
  open(kWatch);
  user_->close();
  EXPECT_EQ(program_->wait().code, 0);
}

TEST_F(WatchWindow, EndsWithCtrlC) {
  open(kWatch);
  program_->interrupt();
  EXPECT_EQ(program_->wait().code, 130);
}

TEST_F(WatchWindow, EndsAfterItsEpisodes) {
  open(kWatch + Words{"--episodes", "1", "--speed", "16", "--json"});
  const auto finished = program_->wait();
  EXPECT_EQ(finished.code, 0) << finished.err;
  const auto all = nlohmann::json::parse(finished.out);
  EXPECT_EQ(all["results"][0]["state_hash"],
            summary({"run", "--record", "x.replay"})["results"][0]["state_hash"]);
  EXPECT_GT(all["frames_per_second"], 0);
}

TEST_F(WatchWindow, StandsStillInAPause) {
  open_paused();
  const auto before = look();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_TRUE(same(look(), before));
}

TEST_F(WatchWindow, StepsOnAndBackToTheSamePicture) {
  open_paused();
  const auto before = look();
  user_->type(".");
  EXPECT_FALSE(same(look(), before));
  user_->type(",");
  EXPECT_TRUE(same(look(), before));
}

TEST_F(WatchWindow, ShowsAndHidesTheKeys) {
  open_paused();
  const auto before = look();
  user_->type("?");
  EXPECT_FALSE(same(look(), before));
  user_->type("?");
  EXPECT_TRUE(same(look(), before));
}

TEST_F(WatchWindow, SavesThePictureThatItShows) {
  open_paused();
  const auto seen = look();
  user_->type("p");
  const auto file = file_ending(".png");
  ASSERT_NE(file, "");
  EXPECT_TRUE(same(render::from_png(read_text(file)), seen));
}

TEST_F(WatchWindow, RecordsBetweenTwoKeys) {
  if (!has_ffmpeg()) GTEST_SKIP() << "needs ffmpeg: install the package ffmpeg";
  open(kWatch);
  user_->type("v");
  const auto file = file_ending(".mp4");
  ASSERT_NE(file, "");
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  user_->type("v");
  EXPECT_TRUE(comes_true([&] { return film_of(file).pictures > 5; }));
  EXPECT_EQ(film_of(file).size, "480x320");
  quit();
}

TEST_F(WatchWindow, CompletesAFilmWhenItIsInterrupted) {
  if (!has_ffmpeg()) GTEST_SKIP() << "needs ffmpeg: install the package ffmpeg";
  open(kWatch);
  user_->type("v");
  const auto file = file_ending(".mp4");
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  program_->interrupt();
  EXPECT_EQ(program_->wait().code, 130);
  EXPECT_GT(film_of(file).pictures, 5);
}

TEST_F(WatchWindow, EndsWithOneLineWhenTheDisplayGoesAway) {
  open(kWatch);
  user_.reset();
  display_->kill();
  const auto finished = program_->wait();
  EXPECT_EQ(finished.code, 74);
  EXPECT_EQ(lines_in(finished.err), 1) << finished.err;
}

TEST_F(WatchWindow, GoesOnWhenTheRunIsDeleted) {
  open(kWatch);
  fs::remove_all("run");
  std::this_thread::sleep_for(std::chrono::milliseconds(1300));  // it looks at the logs every second
  quit();
}

TEST_F(WatchWindow, GoesOnInAnySize) {
  open_paused();
  for (const auto& [width, height] : {std::pair{33, 700}, {1, 1}, {641, 427}}) user_->resize(width, height);
  user_->hide();
  user_->unhide();
  EXPECT_EQ(look().width(), 641);
  quit();
}

TEST_F(WatchWindow, ShowsRunsAsGhosts) {
  train("other", {"--seed", "2"});
  open({"watch", "run", "other", "--size", "480x320"});
  user_->type("space");
  const auto before = look();
  user_->type("g");
  EXPECT_FALSE(same(look(), before));
  quit();
}

TEST_F(WatchWindow, TakesEveryKey) {
  open(kWatch);
  for (const char* key :
       {"space", "space", ".", ",",  "+",    "-",    "0",     "r", "n", "b", "s",  "Tab", "c",     "g",
        "h",     "h",     "d", "Up", "Down", "Left", "Right", "d", "?", "?", "F5", "x",   "Return"})
    user_->type(key);
  quit();
}

TEST_F(WatchWindow, FollowsATraining) {
  const WindowLoop training(RHOAM_PROGRAM,
                            {"train", "CartPole-v1", "--steps", "100000000", "--checkpoint-every", "4096",
                             "--threads", "1", "--eval-every", "4096", "--out", "followed", "--quiet"});
  ASSERT_TRUE(comes_true([] { return fs::exists("followed/checkpoints/last.safetensors"); }));
  open({"watch", "--follow", "followed", "--size", "480x320", "--speed", "16", "--episodes", "3"});
  const auto finished = program_->wait();
  EXPECT_EQ(finished.code, 0);
  EXPECT_EQ(finished.err, "");
}

TEST_F(WatchWindow, OpensBesideATraining) {
  open({"train", "CartPole-v1", "--steps", "4096", "--out", "watched", "--quiet", "--watch"});
  EXPECT_EQ(program_->wait().code, 0);
  EXPECT_TRUE(fs::exists("watched/checkpoints/last.safetensors"));
  user_->type("q");
  EXPECT_TRUE(comes_true([this] { return !has_window(); }));
}

TEST_F(WatchWindow, IsRefusedBeforeATrainingBegins) {
  const Variable nowhere("DISPLAY", nullptr);
  const auto finished =
      rhoam({"train", "CartPole-v1", "--steps", "4096", "--out", "watched", "--quiet", "--watch"});
  EXPECT_EQ(finished.code, 2);
  EXPECT_EQ(lines_in(finished.err), 1) << finished.err;
  EXPECT_NE(finished.err.find("train without --watch"), std::string::npos) << finished.err;
  EXPECT_FALSE(fs::exists("watched"));
}

}  // namespace
}  // namespace rhoam::tests
