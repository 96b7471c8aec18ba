#include "rhoam/watch/window_loop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "rhoam/core/file.h"
#include "rhoam/core/interrupt.h"
#include "rhoam/tests/apps/variable.h"
#include "rhoam/tests/watch/players.h"
#include "rhoam/tests/watch/working_folder.h"

namespace rhoam::watch {
namespace {

namespace fs = std::filesystem;
using render::Input;

constexpr int kPatience = 600;  // pictures

/// A window in memory, at which somebody does something at each picture.
class FakeWindow final : public render::Window {
 public:
  explicit FakeWindow(std::function<std::vector<Input>(int picture)> user) : user_(std::move(user)) {}

  int width() const override { return width_; }
  int height() const override { return height_; }
  std::vector<Input> take_input() override {
    return pictures_ < kPatience ? user_(pictures_ - 1) : std::vector{Input{Input::Kind::closed}};
  }
  bool held(char32_t key) const override { return key == held_; }
  render::Stick stick() const override { return {}; }
  void show(const render::Image& image) override {
    ++pictures_;
    last_ = image;
  }
  void set_title(const std::string& title) override { titles_.push_back(title); }

  void resize(int width, int height) { width_ = width, height_ = height; }
  void hold(char32_t key) { held_ = key; }
  int pictures() const { return pictures_; }
  const render::Image& last() const { return last_; }
  const std::vector<std::string>& titles() const { return titles_; }

 private:
  std::function<std::vector<Input>(int)> user_;
  int width_ = 150, height_ = 100, pictures_ = 0;
  char32_t held_ = 0;
  render::Image last_;
  std::vector<std::string> titles_;
};

std::vector<Input> key(char32_t character) { return {{Input::Kind::key, character}}; }

/// A show of a cart in a folder of its own.
class ShowTest : public testing::Test {
 protected:
  ShowTest() : playback_(only(random_player("CartPole-v1")), 3, true), viewer_(playback_) {}

  void run(
      FakeWindow& window, std::function<bool()> on_end = [] { return true; }) {
    run_window_loop(window, {playback_, viewer_, context_, std::move(on_end)});
  }
  /// Shows until q, which comes after these keys, one at each picture.
  FakeWindow run(std::u32string keys) {
    keys += U'q';
    FakeWindow window([keys](int picture) { return key(keys[static_cast<std::size_t>(picture)]); });
    run(window);
    return window;
  }
  std::vector<fs::path> files() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(".")) files.push_back(entry.path());
    return files;
  }

  const core::InterruptCatcher catcher_;
  test::WorkingFolder folder_;
  FrameContext context_{render::find_theme("light"), TrainingCharts({})};
  Playback playback_;
  Viewer viewer_;
};

TEST_F(ShowTest, EndsWhenTheViewerQuits) { EXPECT_EQ(run(U"xxx").pictures(), 5); }

TEST_F(ShowTest, EndsWhenTheWindowIsClosed) {
  FakeWindow window([](int picture) {
    return picture == 5 ? std::vector{Input{Input::Kind::closed}} : std::vector<Input>{};
  });
  run(window);
  EXPECT_EQ(window.pictures(), 7);
}

TEST_F(ShowTest, EndsWhenASignalComes) {
  FakeWindow window([](int picture) {
    if (picture == 3) std::raise(SIGINT);
    return std::vector<Input>{};
  });
  run(window);
  EXPECT_EQ(window.pictures(), 5);
}

TEST_F(ShowTest, EndsAfterTheLastEpisode) {
  FakeWindow window([](int picture) { return picture < 4 ? key('+') : std::vector<Input>{}; });
  int ends = 0;
  run(window, [&] { return ++ends < 2; });
  EXPECT_EQ(ends, 2);
  EXPECT_EQ(playback_.seed(), 4);
  EXPECT_TRUE(playback_.at_end());
  EXPECT_LT(window.pictures(), kPatience);
}

TEST_F(ShowTest, FillsTheWindowWhateverItsSize) {
  FakeWindow window([&](int picture) { return picture < 3 ? std::vector<Input>{} : key('q'); });
  window.resize(333, 207);
  run(window);
  EXPECT_EQ(window.last().width(), 333);
  EXPECT_EQ(window.last().height(), 207);
}

TEST_F(ShowTest, PaintsSomethingIntoAWindowOfOnePixel) {
  FakeWindow window([&](int picture) { return picture < 3 ? std::vector<Input>{} : key('q'); });
  window.resize(1, 1);
  run(window);
  EXPECT_EQ(window.pictures(), 5);
}

TEST_F(ShowTest, GivesTheKeysThatAreHeldToTheHand) {
  viewer_.wait_for_hand();
  FakeWindow window([](int picture) {
    return picture == 0 ? key(' ') : picture < 20 ? std::vector<Input>{} : key('q');
  });
  window.hold('d');
  run(window);
  const auto& actions = playback_.simulations()[0].episode().actions;
  EXPECT_FALSE(actions.empty());
  EXPECT_TRUE(std::ranges::all_of(actions, [](float action) { return action == 1; }));
}

TEST_F(ShowTest, SavesThePictureThatIsShown) {
  render::Image seen;
  const FakeWindow* shown = nullptr;
  FakeWindow window([&](int picture) {
    if (picture == 1) seen = shown->last();
    return picture == 1 ? key('p') : picture == 3 ? key('q') : std::vector<Input>{};
  });
  shown = &window;
  run(window);
  ASSERT_EQ(files().size(), 1);
  EXPECT_TRUE(std::ranges::equal(render::from_png(core::read_file(files()[0])).pixels(), seen.pixels()));
}

TEST_F(ShowTest, SaysWhereAPictureCouldNotBeSaved) {
  fs::current_path("/proc");
  testing::internal::CaptureStderr();
  run(U"p");
  EXPECT_THAT(viewer_.notice(), testing::HasSubstr("CartPole-v1"));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "rhoam: " + viewer_.notice() + "\n");
}

TEST_F(ShowTest, RecordsBetweenTwoKeys) {
  if (std::system("command -v ffmpeg >/dev/null") != 0)
    GTEST_SKIP() << "needs ffmpeg: install the package ffmpeg";
  const auto window = run(U"v" + std::u32string(20, U'x') + U"v");
  EXPECT_THAT(window.titles(),
              testing::ElementsAre("rhoam · CartPole-v1 · recording", "rhoam · CartPole-v1"));
  ASSERT_EQ(files().size(), 1);
  EXPECT_EQ(files()[0].extension(), ".mp4");
  EXPECT_GT(fs::file_size(files()[0]), 500);
}

TEST_F(ShowTest, SaysWhatRecordingTakes) {
  const tests::Variable path("PATH", "/nonexistent");
  testing::internal::CaptureStderr();
  run(U"v");
  EXPECT_THAT(viewer_.notice(), testing::HasSubstr("ffmpeg"));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "rhoam: " + viewer_.notice() + "\n");
  EXPECT_TRUE(files().empty());
}

TEST_F(ShowTest, TellsHowManyPicturesItHasShownInASecond) {
  FakeWindow window([](int picture) { return picture < 30 ? std::vector<Input>{} : key('q'); });
  const double rate = run_window_loop(window, {playback_, viewer_, context_, [] { return true; }});
  EXPECT_GT(rate, 5);
  EXPECT_LT(rate, 66);
}

TEST_F(ShowTest, ShowsAPictureThatStandsStillSeldom) {
  int looks = 0;
  FakeWindow window([&](int) {
    return ++looks == 1 ? key(' ') : looks == 60 ? key('q') : std::vector<Input>{};
  });
  run(window);
  EXPECT_THAT(window.pictures(), testing::AllOf(testing::Ge(4), testing::Le(20)));
}

TEST_F(ShowTest, ShowsAtOnceWhatAKeyDoesInAPause) { EXPECT_EQ(run(U" ....").pictures(), 7); }

/// A show that follows a training.
class FollowingShow : public ShowTest {
 protected:
  /// Ends the first episode at once and looks for a newer agent.
  void follow(const std::function<void()>& meanwhile) {
    train("run", "CartPole-v1");
    auto candidate = open_player("run", "0", networks());
    Follower follower(candidate, networks());
    FrameContext context{render::find_theme("light"), TrainingCharts({{"run", "run", 0}})};
    Playback playback(only(std::move(candidate.player)), 3, true);
    Viewer viewer(playback);
    viewer.set_speed(16);
    meanwhile();
    FakeWindow window([&](int) {
      return playback.number() > 0 ? key('q') : hasty_ ? key('n') : std::vector<Input>{};
    });
    run_window_loop(window, {playback, viewer, context, [] { return true; }, &follower});
    steps_ = playback.simulations()[0].player().trainee->steps;
    notice_ = viewer.notice();
  }

  bool hasty_ = false;  ///< goes to the next episode at once
  std::int64_t steps_ = -1;
  std::string notice_;
};

TEST_F(FollowingShow, TakesTheNewestAgentAfterAnEpisode) {
  follow([] {});
  EXPECT_EQ(steps_, 256);
  EXPECT_THAT(notice_, testing::HasSubstr("256 steps"));
}

TEST_F(FollowingShow, TakesTheNewestAgentForAnEpisodeThatIsAskedFor) {
  hasty_ = true;
  follow([] {});
  EXPECT_EQ(steps_, 256);
}

TEST_F(FollowingShow, GoesOnWhenTheRunHasVanished) {
  follow([] { fs::remove_all("run"); });
  EXPECT_EQ(steps_, 0);
  EXPECT_THAT(notice_, testing::HasSubstr("vanished"));
}

TEST_F(FollowingShow, EndsWhereAnotherEnvironmentsRunIsInItsPlace) {
  follow([] { core::replace_file("run/config.ini", "env = LunarLander-v3\n"); });
  EXPECT_EQ(steps_, 0);
  EXPECT_THAT(notice_, testing::HasSubstr("LunarLander-v3"));
}

TEST(FreeName, IsNotTaken) {
  const test::WorkingFolder folder;
  std::vector<std::string> names;
  for (int i = 0; i < 3; ++i) {
    names.push_back(free_name("CartPole-v1", ".png"));
    core::replace_file(names.back(), "");
  }
  EXPECT_NE(names[0], names[1]);
  EXPECT_NE(names[1], names[2]);
  EXPECT_TRUE(names[2].ends_with(".png"));
}

}  // namespace
}  // namespace rhoam::watch
