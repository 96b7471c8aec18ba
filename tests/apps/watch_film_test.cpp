#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <set>
#include <thread>

#include "rhoam/tests/apps/film_probe.h"
#include "rhoam/tests/apps/watched.h"
#include "rhoam/tests/core/file_size_limit.h"

namespace rhoam::tests {
namespace {

namespace fs = std::filesystem;

const Words kShort = {"--param", "theta_threshold_radians=0.03", "--quiet"};

int pictures_in(const std::string& folder) {
  const fs::directory_iterator pictures(folder);
  return static_cast<int>(std::distance(begin(pictures), end(pictures)));
}

/// "WIDTHxHEIGHT" of the first picture.
std::string size_of_pictures(const Words& more) {
  EXPECT_EQ(rhoam(Words{"watch", "CartPole-v1", "--record", "p/%d.png"} + kShort + more).code, 0);
  return film_of("p/0.png").size;
}

class WatchFilm : public WatchedRun {
 protected:
  void SetUp() override {
    if (!has_ffmpeg()) GTEST_SKIP() << "needs ffmpeg: install the package ffmpeg";
  }
};

TEST_F(WatchFilm, HoldsEveryStepAndItsEndForAMoment) {
  const int steps = summary(Words{"run", "--record", "p/%05d.png"} + kShort)["results"][0]["length"];
  EXPECT_TRUE(fs::exists("p/00000.png"));
  EXPECT_GE(pictures_in("p"), steps + 10);
  EXPECT_LE(pictures_in("p"), steps + 90);
}

TEST_F(WatchFilm, IsTheSameInEveryFormat) {
  watch(Words{"run", "--record", "p/%d.png"} + kShort);
  const int pictures = pictures_in("p");
  for (const std::string ending : {"mp4", "webm", "gif"}) {
    watch(Words{"run", "--record", "a." + ending} + kShort);
    const auto film = film_of("a." + ending);
    EXPECT_EQ(film.size, "600x400") << ending;
    EXPECT_NEAR(film.pictures, ending == "gif" ? pictures / 2 : pictures, 1) << ending;
  }
}

TEST_F(WatchFilm, IsTheSameWhenItIsRecordedAgain) {
  for (const char* folder : {"p", "q"})
    watch(Words{"run", "--record", folder + std::string("/%d.png")} + kShort);
  for (const auto& picture : fs::directory_iterator("p"))
    EXPECT_EQ(read_text(picture), read_text("q" / picture.path().filename())) << picture.path();
}

TEST_F(WatchFilm, IsAsLongAsItsSpeedSays) {
  watch(Words{"run", "--record", "p/%d.png"} + kShort);
  watch(Words{"run", "--record", "q/%d.png", "--speed", "4"} + kShort);
  EXPECT_NEAR(pictures_in("p") / 4.0, pictures_in("q"), 3);
}

TEST_F(WatchFilm, HoldsAllEpisodes) {
  watch(Words{"run", "--record", "p/%d.png"} + kShort);
  watch(Words{"run", "--record", "q/%d.png", "--episodes", "3"} + kShort);
  EXPECT_GT(pictures_in("q"), 2 * pictures_in("p"));
}

TEST_F(WatchFilm, TellsAStoryOfAllCheckpoints) {
  const auto story = summary(Words{"run", "--story", "--record", "p/%05d.png"} + kShort);
  EXPECT_EQ(story["episodes"], 4);  // at 0, 100, 200 and 300 steps
  std::set<std::string> hashes;
  int steps = 0;
  for (const auto& result : story["results"]) {
    hashes.insert(result["state_hash"]);
    steps += result["length"].get<int>();
  }
  EXPECT_GT(hashes.size(), 1);
  EXPECT_GT(pictures_in("p"), steps);
}

TEST_F(WatchFilm, HasCaptionsInAStory) {
  watch(Words{"run", "--story", "--record", "p/%d.png"} + kShort);
  watch(Words{"run", "--checkpoint", "0", "--record", "q/%d.png"} + kShort);
  EXPECT_NE(read_text("p/0.png"), read_text("q/0.png"));
}

TEST_F(WatchFilm, HasTheSizeThatIsAskedFor) {
  EXPECT_EQ(size_of_pictures({"--size", "320x200"}), "320x200");
  for (const std::string theme : {"light", "dark", "gym"})
    for (const auto& [scale, size] : {std::pair{"0.5", "300x200"}, {"1", "600x400"}, {"1.337", "802x534"}})
      EXPECT_EQ(size_of_pictures({"--theme", theme, "--scale", scale}), size);
}

TEST_F(WatchFilm, HasRoomForCharts) {
  watch(Words{"run", "--record", "p/%d.png", "--charts", "on"} + kShort);
  EXPECT_EQ(film_of("p/0.png").size, "960x640");
}

TEST_F(WatchFilm, ShowsRunsSideBySideOrAsGhosts) {
  for (const Words& way : {Words{}, Words{"--ghosts"}}) {
    watch(Words{"run", "run", "CartPole-v1", "--record", way.empty() ? "p/%d.png" : "q/%d.png"} + kShort +
          way);
  }
  EXPECT_EQ(pictures_in("p"), pictures_in("q"));
  EXPECT_NE(read_text("p/5.png"), read_text("q/5.png"));
}

TEST_F(WatchFilm, WithoutFfmpegNamesThePackageAndTheWayThatNeedsNone) {
  const Variable path("PATH", "/nonexistent");
  expect_refusal({"run", "--record", "a.mp4"}, 2, "install the package ffmpeg");
  expect_refusal({"run", "--story", "--record", "a.gif"}, 2, "frames/%05d.png");
  watch(Words{"run", "--record", "p/%d.png"} + kShort);
}

TEST_F(WatchFilm, OnAFullDiskIsAnIoError) {
  const test::FileSizeLimit full(2048);
  for (const char* file : {"a.mp4", "p/%d.png"}) {
    const auto finished = rhoam(Words{"watch", "run", "--record", file, "--quiet"});
    EXPECT_EQ(finished.code, 74) << file << finished.err;
    EXPECT_EQ(lines_in(finished.err), 1) << finished.err;
  }
}

TEST_F(WatchFilm, InAFolderThatCannotBeIsAnIoError) {
  for (const char* file : {"/proc/a.mp4", "/proc/%d.png", "/proc/a.replay", "run/config.ini/a.mp4"}) {
    const auto finished = rhoam(Words{"watch", "run", "--record", file, "--quiet"});
    EXPECT_EQ(finished.code, 74) << file << finished.err;
    EXPECT_EQ(lines_in(finished.err), 1) << finished.err;
  }
}

/// What ends a film that would never end, and how the program says so.
struct Ending {
  const char* name;
  void (*end)(const WindowLoop&);
  int code;
};

class EndlessFilm : public WatchFilm, public testing::WithParamInterface<Ending> {};

TEST_P(EndlessFilm, IsPlayable) {
  WindowLoop film(RHOAM_PROGRAM, {"watch", "run", "--record", "a.mp4", "--episodes", "100000", "--quiet"});
  ASSERT_TRUE(comes_true([] { return fs::exists("a.mp4"); }));
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  GetParam().end(film);
  const auto finished = film.wait();
  EXPECT_EQ(finished.code, GetParam().code) << finished.err;
  EXPECT_TRUE(comes_true([] { return film_of("a.mp4").pictures > 0; }));
}

INSTANTIATE_TEST_SUITE_P(
    Ended, EndlessFilm,
    testing::Values(Ending{"ByCtrlC", [](const WindowLoop& film) { film.interrupt(); }, 130},
                    Ending{"ByTerminate", [](const WindowLoop& film) { film.send(SIGTERM); }, 143},
                    Ending{"ByKill", [](const WindowLoop& film) { film.send(SIGKILL); }, 137}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace rhoam::tests
