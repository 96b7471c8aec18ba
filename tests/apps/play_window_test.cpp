#include <signal.h>

#include "rhoam/tests/apps/windowed.h"

namespace rhoam::tests {
namespace {

namespace fs = std::filesystem;

/// `rhoam play` in a window.
class PlayWindow : public WindowedRun {
 protected:
  /// Plays an episode, pushing the cart to the right until the pole falls.
  Finished play(const Words& more = {}) {
    open(Words{"play", "CartPole-v1", "--size", "480x320", "--episodes", "1", "--out", "mine.replay"} + more);
    user_->press("Right");
    user_->type("space");
    auto finished = program_->wait();
    EXPECT_EQ(finished.code, 0) << finished.err;
    return finished;
  }
};

TEST_F(PlayWindow, TellsTheScore) {
  const auto told = play().out;
  EXPECT_NE(told.find("seed 0: you "), std::string::npos) << told;
  EXPECT_NE(told.find("rhoam watch mine.replay"), std::string::npos) << told;
  EXPECT_NE(told.find("no agent plays along"), std::string::npos) << told;
  EXPECT_EQ(told.find("· agent"), std::string::npos) << told;
}

TEST_F(PlayWindow, LetsAnAgentPlayTheSameEpisode) {
  const auto told = play({"--against", "run", "--seed", "4"}).out;
  const int agents = summary({"run", "--seed", "4", "--record", "x.replay"})["results"][0]["return"];
  EXPECT_NE(told.find("· agent " + std::to_string(agents)), std::string::npos) << told;
}

TEST_F(PlayWindow, SavesAReplayOfWhatWasHeld) {
  play();
  const auto all = summary({"mine.replay", "--record", "again.replay"});
  EXPECT_LT(all["results"][0]["length"], 15);
  EXPECT_EQ(read_text("mine.replay"), read_text("again.replay"));
}

TEST_F(PlayWindow, PlaysInAWorldOfItsOwn) {
  play({"--param", "theta_threshold_radians=1.5", "--drift", "gravity:sine:period=90,low=5,high=9"});
  EXPECT_GT(summary({"mine.replay", "--record", "x.replay"})["results"][0]["length"], 15);
}

TEST_F(PlayWindow, LetsTheAgentPlayInThePersonsWorld) {
  train("wide", {"--param", "theta_threshold_radians=1.5"});
  const auto told = play({"--against", "wide"}).out;
  const int agents = summary({"wide", "--param", "theta_threshold_radians=0.20943951023931953", "--record",
                              "x.replay"})["results"][0]["return"];
  EXPECT_NE(told.find("· agent " + std::to_string(agents) + "\n"), std::string::npos) << told;
}

TEST_F(PlayWindow, WaitsForThePerson) {
  open({"play", "CartPole-v1", "--size", "480x320"});
  const auto before = look();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_TRUE(same(look(), before));
  quit();
  for (const auto& entry : fs::directory_iterator(".")) EXPECT_TRUE(fs::is_directory(entry)) << entry.path();
}

TEST_F(PlayWindow, EndsWithCtrlC) {
  open({"play", "CartPole-v1", "--size", "480x320"});
  program_->interrupt();
  EXPECT_EQ(program_->wait().code, 130);
}

TEST_F(PlayWindow, TellsTheScoreWhateverEndsIt) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    open({"play", "CartPole-v1", "--size", "480x320", "--out", "a/mine.replay"});
    user_->press("Right");
    user_->type("space");
    ASSERT_TRUE(comes_true([] { return fs::exists("a/mine.replay"); }));
    program_->send(signal);
    const auto finished = program_->wait();
    EXPECT_EQ(finished.code, 128 + signal);
    EXPECT_NE(finished.out.find("rhoam watch a/mine.replay"), std::string::npos) << finished.out;
    user_.reset();
    fs::remove("a/mine.replay");
  }
}

TEST_F(PlayWindow, TellsTheScoreThoughItCannotBeSaved) {
  open({"play", "CartPole-v1", "--size", "480x320", "--episodes", "1", "--out", "a/mine.replay"});
  fs::remove_all("a");
  user_->press("Right");
  user_->type("space");
  const auto finished = program_->wait();
  EXPECT_EQ(finished.code, 74);
  EXPECT_NE(finished.out.find("1 episode: you "), std::string::npos) << finished.out;
  EXPECT_NE(finished.err.find("a/mine.replay"), std::string::npos) << finished.err;
}

TEST_F(PlayWindow, RefusesAPlaceThatTakesNoReplayBeforeTheFirstFlight) {
  const auto finished = rhoam({"play", "CartPole-v1", "--out", "/proc/x.replay"});
  EXPECT_EQ(finished.code, 74);
  EXPECT_EQ(lines_in(finished.err), 1) << finished.err;
}

struct Refused {
  Words words;
  const char* part;
};

class PlayRefuses : public WatchedRun, public testing::WithParamInterface<Refused> {};

TEST_P(PlayRefuses, InOneLine) {
  const Variable nowhere("DISPLAY", nullptr);
  const auto finished = rhoam(Words{"play"} + GetParam().words);
  EXPECT_EQ(finished.code, 2) << finished.err;
  EXPECT_EQ(lines_in(finished.err), 1) << finished.err;
  EXPECT_NE(finished.err.find(GetParam().part), std::string::npos) << finished.err;
}

INSTANTIATE_TEST_SUITE_P(
    Usage, PlayRefuses,
    testing::Values(Refused{{"CartPole-v1"}, "no display"}, Refused{{}, "environment"},
                    Refused{{"CartPol-v1"}, "did you mean"}, Refused{{"CartPole-v1", "x"}, "x"},
                    Refused{{"CartPole-v1", "--against", "nowhere"}, "nowhere"},
                    Refused{{"LunarLander-v3", "--against", "run"}, "no agent for LunarLander-v3"},
                    Refused{{"CartPole-v1", "--against", "CartPole-v1"}, "no agent"},
                    Refused{{"CartPole-v1", "--param", "gravty=1"}, "did you mean"},
                    Refused{{"CartPole-v1", "--drift", "gravity:sine:period=9updates"}, "steps or episodes"},
                    Refused{{"CartPole-v1", "--out", "a/mine.mp4"}, ".replay"},
                    Refused{{"CartPole-v1", "--out", "no/mine.replay"}, "there is no folder 'no'"},
                    Refused{{"CartPole-v1", "--size", "1x1"}, "WIDTHxHEIGHT"}));

}  // namespace
}  // namespace rhoam::tests
