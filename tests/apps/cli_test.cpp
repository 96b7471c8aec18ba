#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "rhoam/core/text.h"
#include "rhoam/tests/apps/process.h"

namespace rhoam::tests {
namespace {

using testing::Test;

/// One line on standard error, nothing on standard output, and the exit code.
void expect_refusal(const Finished& finished, int code, const std::string& part) {
  EXPECT_EQ(finished.code, code) << finished.err;
  EXPECT_EQ(finished.out, "");
  EXPECT_EQ(std::count(finished.err.begin(), finished.err.end(), '\n'), 1) << finished.err;
  EXPECT_NE(finished.err.find(part), std::string::npos) << finished.err;
}

struct Refusal {
  std::vector<std::string> args;
  const char* part;
};

void PrintTo(const Refusal& refusal, std::ostream* out) {
  for (const auto& arg : refusal.args) *out << arg << ' ';
}

class Usage : public testing::TestWithParam<Refusal> {};

TEST_P(Usage, IsRefusedInOneLineAndNothingIsWritten) {
  const TemporaryDirectory place;
  auto args = GetParam().args;
  if (args[0] == "train" && args.back() != "/nonexistent")
    args.insert(args.end(), {"--out", (place / "run").string()});
  expect_refusal(rhoam(args), 2, GetParam().part);
  EXPECT_TRUE(std::filesystem::is_empty(place.path()));
}

INSTANTIATE_TEST_SUITE_P(
    Wrong, Usage,
    testing::Values(
        Refusal{{"trian"}, "did you mean 'train'"},
        Refusal{{"train", "CartPol-v1"}, "did you mean 'CartPole-v1'"}, Refusal{{"train"}, "environment"},
        Refusal{{"train", "CartPole-v1", "--sed", "3"}, "did you mean '--seed'"},
        Refusal{{"train", "CartPole-v1", "--see", "3"}, "--seed"},
        Refusal{{"train", "CartPole-v1", "--algo", "pp"}, "ppo"},
        Refusal{{"train", "CartPole-v1", "--rho", "1.5"}, "1.5"},
        Refusal{{"train", "CartPole-v1", "--rho", "nan"}, "nan"},
        Refusal{{"train", "CartPole-v1", "--rho", "memory:0"}, "at least 1"},
        Refusal{{"train", "CartPole-v1", "--rho", "match"}, "--timescale"},
        Refusal{{"train", "CartPole-v1", "--rho", "match"}, "--drift"},
        Refusal{{"train", "CartPole-v1", "--timescale", "9parsecs"}, "episodes"},
        Refusal{{"train", "CartPole-v1", "--rho", "auto", "--centered", "true"}, "--centered"},
        Refusal{{"train", "CartPole-v1", "--lr", "fast"}, "fast"},
        Refusal{{"train", "CartPole-v1", "--steps", "0"}, "--steps"},
        Refusal{{"train", "CartPole-v1", "--steps", "1e99"}, "1e99"},
        Refusal{{"train", "CartPole-v1", "--envs", "-1"}, "--envs"},
        Refusal{{"train", "CartPole-v1", "--eps", "-1"}, "-1"},
        Refusal{{"train", "CartPole-v1", "--hidden", "64,x"}, "64,x"},
        Refusal{{"train", "CartPole-v1", "--observation-scale", "1,2"}, "4 finite observation factors"},
        Refusal{{"train", "CartPole-v1", "--param", "gravty=3"}, "gravity"},
        Refusal{{"train", "CartPole-v1", "--param", "gravity"}, "NAME=VALUE"},
        Refusal{{"train", "CartPole-v1", "--param", "action-flip=2"}, "whole numbers 0 to 1"},
        Refusal{{"train", "CartPole-v1", "--drift", "gravity"}, "PARAM:SCHEDULE"},
        Refusal{{"train", "CartPole-v1", "--drift", "gravty:sine:period=9"}, "did you mean 'gravity'"},
        Refusal{{"train", "CartPole-v1", "--drift", "gravity:sin:period=9"}, "did you mean 'sine'"},
        Refusal{{"train", "CartPole-v1", "--drift", "masspole:square:dwell=9,low=-1"},
                "masspole cannot be -1"},
        Refusal{{"train", "CartPole-v1", "--drift", "action-flip:square:dwell=9,high=0.5"}, "whole numbers"},
        Refusal{{"train", "CartPole-v1", "--drift", "gravity:9", "--drift", "gravity:8"}, "drifts already"},
        Refusal{{"train", "CartPole-v1", "--param", "gravity=9", "--param", "gravity=8"}, "given twice"},
        Refusal{{"train", "CartPole-v1", "--drift", "gravity:9", "--param", "gravity=8"},
                "drop --param gravity"},
        Refusal{{"train", "CartPole-v1", "--config", "/nonexistent.ini"}, "/nonexistent.ini"},
        Refusal{{"train", "CartPole-v1", "--seed"}, "--seed"},
        Refusal{{"train", "CartPole-v1", "--normalize-advantage", "false"}, "--no-normalize-advantage"},
        Refusal{{"train", "--normalize-advantage", "false", "CartPole-v1"}, "--normalize-advantage=false"},
        Refusal{{"train", "CartPole-v1", "--no-normalize-advantage", "--normalize-advantage"}, "twice"},
        Refusal{{"train", "CartPole-v1", "--keep-checkpoints", "-1"}, "--keep-checkpoints"},
        Refusal{{"train", "CartPole-v1", "LunarLander-v3"}, "LunarLander-v3"},
        Refusal{{"train", "--resume", "/nonexistent"}, "/nonexistent"},
        Refusal{{"eval", "/nonexistent"}, "/nonexistent"}, Refusal{{"eval"}, "run"},
        Refusal{{"inspect", "/nonexistent"}, "/nonexistent"}, Refusal{{"bench", "nothing"}, "nothing"}));

TEST(Cli, HelpAndListAnswerWithin50Milliseconds) {
  for (const char* word : {"--help", "list"}) {
    auto best = std::chrono::steady_clock::duration::max();
    for (int repeat = 0; repeat < 5; ++repeat) {
      const auto start = std::chrono::steady_clock::now();
      EXPECT_EQ(rhoam({word}).code, 0);
      best = std::min(best, std::chrono::steady_clock::now() - start);
    }
    EXPECT_LT(std::chrono::duration<double>(best).count(), 0.05) << word;
  }
}

TEST(Cli, EveryVerbHasHelp) {
  for (const char* verb :
       {"train", "eval", "watch", "play", "compare", "report", "lab", "list", "inspect", "bench"}) {
    const auto help = rhoam({verb, "--help"});
    EXPECT_EQ(help.code, 0) << verb << help.err;
    EXPECT_NE(help.out.find(std::string("rhoam ") + verb), std::string::npos) << help.out;
    EXPECT_EQ(rhoam({verb, "-h"}).out, help.out) << verb;
  }
}

TEST(Cli, AConfigMayComeFromAPipeOrADevice) {
  const TemporaryDirectory place;
  const std::string train = RHOAM_PROGRAM " train CartPole-v1 --quiet --eval-episodes 2 --out ";
  const std::string config = "printf '\\357\\273\\277steps = 2048\\nalgo = a2c\\n'";
  for (const std::string& command :
       {config + " | " + train + "a --config /dev/stdin", train + "b --config <(" + config + ")",
        config + " > c.ini; " + train + "c --config /dev/stdin < c.ini",
        train + "d --steps 2048 --config /dev/null"}) {
    const auto finished = run("bash", {"-c", "cd '" + place.path().string() + "'; " + command});
    EXPECT_EQ(finished.code, 0) << command << finished.err;
  }
  for (const char* piped : {"a", "b", "c"})
    EXPECT_NE(read_text(place / piped / "config.ini").find("algo = a2c\n"), std::string::npos) << piped;
}

TEST(Cli, AComparisonMayBeginWithAByteOrderMark) {
  const TemporaryDirectory place;
  std::ofstream(place / "c.ini") << "\xef\xbb\xbf"
                                    "env = CartPole-v1\nrho = 0.9,0.99\n";
  EXPECT_EQ(rhoam({"compare", "--config", (place / "c.ini").string(), "--show"}).code, 0);
  std::ofstream(place / "c.ini") << std::string(
      "\xff\xfe"
      "e\0n\0v\0",
      8);
  const auto refused = rhoam({"compare", "--config", (place / "c.ini").string(), "--show"});
  expect_refusal(refused, 2, "UTF-16");
}

TEST(Cli, AFlagThatIsOnIsSwitchedOffAndHelpSaysHow) {
  const auto help = rhoam({"train", "CartPole-v1", "--help"}).out;
  EXPECT_NE(help.find("--no-normalize-advantage"), std::string::npos) << help;
  for (const char* off : {"--no-normalize-advantage", "--normalize-advantage=False"}) {
    const TemporaryDirectory place;
    const auto out = (place / "run").string();
    ASSERT_EQ(rhoam({"train", off, "CartPole-v1", "--steps", "2048", "--eval-episodes", "2", "--quiet",
                     "--out", out})
                  .code,
              0);
    EXPECT_NE(read_text(out + "/config.ini").find("normalize-advantage = false\n"), std::string::npos) << off;
  }
}

TEST(Cli, TrainHelpShowsTheTunedDefaultsOfTheEnvironment) {
  const auto help = rhoam({"train", "LunarLander-v3", "--help"});
  EXPECT_NE(help.out.find("--gamma X"), std::string::npos);
  EXPECT_NE(help.out.find("0.999"), std::string::npos);
}

TEST(Cli, ListNamesWhatCanBeChosen) {
  const auto list = rhoam({"list"});
  for (const char* name :
       {"CartPole-v1", "LunarLander-v3", "LunarLanderContinuous-v3", "wind_power", "ppo", "a2c", "reinforce",
        "rmsprop", "adamw", "tf1", "hinton", "telegraph", "cosine", "DriftBandit-v0", "TrackingTarget-v0",
        "correlation_time", "action-flip", "sticky-actions"})
    EXPECT_NE(list.out.find(name), std::string::npos) << name;
}

TEST(Cli, ListKeepsToAHundredColumns) {
  const auto list = rhoam({"list"});
  for (const auto& line : core::split(list.out, '\n'))
    EXPECT_LE(std::ranges::count_if(line, [](char c) { return (c & 0xc0) != 0x80; }), 100) << line;
}

TEST(Cli, AFullDiskOnStandardOutputIsAnIoError) {
  std::ofstream full("/dev/full");
  if (!full) GTEST_SKIP() << "no /dev/full here";
  EXPECT_EQ(WEXITSTATUS(std::system(RHOAM_PROGRAM " list > /dev/full 2> /dev/null")), 74);
}

}  // namespace
}  // namespace rhoam::tests
