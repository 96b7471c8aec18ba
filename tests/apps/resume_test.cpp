#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "rhoam/tests/apps/process.h"
#include "rhoam/tests/apps/variable.h"

namespace rhoam::tests {
namespace {

struct Interruption {
  const char* name;
  std::vector<std::string> train;  ///< environment and options
  int signal;
};

void PrintTo(const Interruption& interruption, std::ostream* out) { *out << interruption.name; }

class Resume : public testing::TestWithParam<Interruption> {};

/// Interrupts again and again, at ever other moments, until the run is through; then every file that lasts
/// must equal those of the run that nobody disturbed.
TEST_P(Resume, EqualsTheUninterruptedRunByteForByte) {
  const TemporaryDirectory place;
  std::vector<std::string> args{"train"};
  args.insert(args.end(), GetParam().train.begin(), GetParam().train.end());
  auto whole = args, pieces = args;
  whole.insert(whole.end(), {"--quiet", "--out", (place / "whole").string()});
  pieces.insert(pieces.end(), {"--quiet", "--out", (place / "pieces").string()});
  ASSERT_EQ(rhoam(whole).code, 0);

  int interruptions = 0;
  auto wait = std::chrono::milliseconds(60);
  auto finished = rhoam_interrupted(pieces, wait, GetParam().signal);
  for (; finished.code != 0; wait += std::chrono::milliseconds(23)) {
    ASSERT_EQ(finished.code, 128 + GetParam().signal) << finished.err;
    ASSERT_LT(++interruptions, 200);
    const bool begun = std::filesystem::exists(place / "pieces" / "config.ini");
    const std::vector<std::string> resume{"train",   "--resume",  (place / "pieces").string(),
                                          "--quiet", "--threads", interruptions % 2 == 0 ? "1" : "2"};
    finished = rhoam_interrupted(begun ? resume : pieces, wait, GetParam().signal);
  }
  EXPECT_GE(interruptions, 2) << "the run was over before it could be disturbed";
  std::vector<std::string> files{"checkpoints/last.safetensors", "checkpoints/best.safetensors",
                                 "config.ini"};
  if (std::ranges::count(args, "--drift") > 0) files.emplace_back("drift.csv");
  for (const auto& file : files)
    EXPECT_TRUE(read_text(place / "whole" / file) == read_text(place / "pieces" / file)) << file;
  EXPECT_EQ(without_columns(read_text(place / "whole" / "metrics.csv"), "time/"),
            without_columns(read_text(place / "pieces" / "metrics.csv"), "time/"));
}

const std::vector<std::string> kCartPole{
    "CartPole-v1", "--steps", "150000", "--eval-every", "20000", "--checkpoint-every", "4096", "--seed", "5"};
const std::vector<std::string> kLander{"LunarLander-v3", "--steps",         "24000", "--eval-every",
                                       "10240",          "--eval-episodes", "5",     "--checkpoint-every",
                                       "2048",           "--seed",          "5"};
const std::vector<std::string> kReinforce{
    "CartPole-v1",  "--algo", "reinforce",          "--steps", "200000",
    "--eval-every", "50000",  "--checkpoint-every", "4096",    "--normalize-observation"};

/// A2C on CartPole with these options.
std::vector<std::string> a2c(const std::vector<std::string>& more) {
  std::vector<std::string> args{"CartPole-v1", "--algo",       "a2c",   "--steps",
                                "150000",      "--eval-every", "50000", "--checkpoint-every",
                                "4096"};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}
const auto kRandomSchedules =
    a2c({"--normalize-reward", "--lr", "telegraph:dwell=3000,low=0.001,high=0.003", "--entropy-coef",
         "telegraph:dwell=50updates,low=0,high=0.01", "--clip-norm", "telegraph:dwell=2000,low=0.1,high=5",
         "--introspect-every", "500"});
const auto kDriftingWorld =
    a2c({"--drift", "action-flip:square:dwell=20updates,first=random", "--drift",
         "gravity:ou:tau=500,center=9.8,amplitude=2", "--drift", "action-delay:telegraph:dwell=300,high=3",
         "--drift", "advantage-scale:walk:scale=0.1,every=5updates", "--drift",
         "reward-scale:telegraph:dwell=40episodes,amplitude=1", "--param", "sticky-actions=0.1", "--param",
         "observation-noise=0.1", "--on-change", "reset"});
const std::vector<std::string> kBandit{"DriftBandit-v0", "--algo", "reinforce",          "--steps", "40000",
                                       "--eval-every",   "4000",   "--checkpoint-every", "800"};
const auto kRememberingStages = a2c({"--actor.rho", "auto", "--critic.rho", "half-life:5episodes",
                                     "--gradient-noise", "power:from=0.01", "--lookahead", "5"});
const std::vector<std::string> kContinuous{
    "LunarLanderContinuous-v3", "--steps", "16000", "--eval-every", "0", "--eval-episodes", "3",
    "--checkpoint-every",       "2048"};

INSTANTIATE_TEST_SUITE_P(Interruptions, Resume,
                         testing::Values(Interruption{"CartPoleKilled", kCartPole, SIGKILL},
                                         Interruption{"CartPoleCtrlC", kCartPole, SIGINT},
                                         Interruption{"LanderKilled", kLander, SIGKILL},
                                         Interruption{"LanderCtrlC", kLander, SIGINT},
                                         Interruption{"RandomSchedulesKilled", kRandomSchedules, SIGKILL},
                                         Interruption{"DriftingWorldKilled", kDriftingWorld, SIGKILL},
                                         Interruption{"BanditKilled", kBandit, SIGKILL},
                                         Interruption{"RememberingStagesKilled", kRememberingStages, SIGKILL},
                                         Interruption{"ContinuousKilled", kContinuous, SIGKILL},
                                         Interruption{"ReinforceTerminated", kReinforce, SIGTERM}),
                         [](const auto& interruption) { return interruption.param.name; });

std::vector<std::string> quick(const std::filesystem::path& out) {
  return {"train", "CartPole-v1", "--steps", "9000",      "--eval-episodes",
          "2",     "--quiet",     "--out",   out.string()};
}

TEST(ResumeCommand, StartsAfreshWhereNoCheckpointWasWrittenYet) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(quick(place / "whole")).code, 0);
  std::filesystem::create_directories(place / "early" / "checkpoints");
  std::filesystem::copy_file(place / "whole" / "config.ini", place / "early" / "config.ini");
  const auto resumed = rhoam({"train", "--resume", (place / "early").string(), "--quiet"});
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_TRUE(read_text(place / "whole" / "checkpoints/last.safetensors") ==
              read_text(place / "early" / "checkpoints/last.safetensors"));
}

TEST(ResumeCommand, RefusesTheCheckpointOfAnotherTrainingAndChangesNothing) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(quick(place / "mine")).code, 0);
  auto other = quick(place / "other");
  other.insert(other.end(), {"--seed", "9"});
  ASSERT_EQ(rhoam(other).code, 0);
  const auto metrics = read_text(place / "mine" / "metrics.csv");
  std::filesystem::remove(place / "mine" / "checkpoints/last.safetensors");
  std::filesystem::copy_file(place / "other" / "checkpoints/last.safetensors",
                             place / "mine" / "checkpoints/last.safetensors");
  EXPECT_EQ(rhoam({"train", "--resume", (place / "mine").string()}).code, 5);
  EXPECT_EQ(read_text(place / "mine" / "metrics.csv"), metrics);
}

/// The last line of --json.
nlohmann::json summary(const std::vector<std::string>& args) {
  return nlohmann::json::parse(rhoam(args).out);
}

TEST(ResumeCommand, GoesOnCountingTheTimes) {
  const TemporaryDirectory place;
  const auto run = (place / "run").string();
  const auto whole = summary({"train", "CartPole-v1", "--steps", "9000", "--json", "--quiet", "--out", run});
  const auto resumed = summary({"train", "--resume", run, "--json", "--quiet"});
  for (const char* time : {"seconds", "eval_seconds"})
    EXPECT_NEAR(resumed.at(time).get<double>(), whole.at(time).get<double>(), 0.01) << time;
  EXPECT_GT(resumed.at("eval_seconds").get<double>(), 0);
  EXPECT_LE(resumed.at("wall_seconds").get<double>(), whole.at("wall_seconds").get<double>());
}

TEST(ResumeCommand, RefusesALogOfOtherColumnsAndChangesNothing) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(quick(place / "run")).code, 0);
  auto metrics = read_text(place / "run" / "metrics.csv");
  metrics.replace(metrics.find("time/eval_elapsed"), 17, "time/something_it");
  std::ofstream(place / "run" / "metrics.csv") << metrics;
  const auto resumed = rhoam({"train", "--resume", (place / "run").string()});
  EXPECT_EQ(resumed.code, 5);
  EXPECT_NE(resumed.err.find("time/eval_elapsed"), std::string::npos) << resumed.err;
  EXPECT_EQ(read_text(place / "run" / "metrics.csv"), metrics);
}

TEST(ResumeCommand, RefusesAWindowWithoutADisplayAndChangesNothing) {
  const TemporaryDirectory place;
  const Variable nowhere("DISPLAY", nullptr);
  ASSERT_EQ(rhoam(quick(place / "run")).code, 0);
  const auto metrics = place / "run" / "metrics.csv";
  const auto before = std::filesystem::last_write_time(metrics);
  EXPECT_EQ(rhoam({"train", "--resume", (place / "run").string(), "--watch"}).code, 2);
  EXPECT_EQ(std::filesystem::last_write_time(metrics), before);
}

TEST(ResumeCommand, RefusesARunWhoseLogIsGone) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(quick(place / "run")).code, 0);
  std::filesystem::remove(place / "run" / "metrics.csv");
  EXPECT_EQ(rhoam({"train", "--resume", (place / "run").string()}).code, 5);
  EXPECT_FALSE(std::filesystem::exists(place / "run" / "metrics.csv"));
}

/// A file-size limit stands for a full disk: a write that fails half-way.
TEST(ResumeCommand, AFullDiskEndsWithExit74AndTheRunGoesOnLater) {
  const TemporaryDirectory place;
  auto whole = quick(place / "whole");
  whole[3] = "200000";
  ASSERT_EQ(rhoam(whole).code, 0);
  const std::string command = "ulimit -f 40; exec " RHOAM_PROGRAM
                              " train CartPole-v1 --steps 200000 --eval-episodes 2 --quiet --out '" +
                              (place / "run").string() + "' 2> '" + (place / "err").string() + "'";
  EXPECT_EQ(WEXITSTATUS(std::system(("bash -c \"" + command + "\"").c_str())), 74);
  const auto error = read_text(place / "err");
  EXPECT_EQ(std::count(error.begin(), error.end(), '\n'), 1) << error;
  const auto resumed = rhoam({"train", "--resume", (place / "run").string(), "--quiet"});
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_TRUE(read_text(place / "whole" / "checkpoints/last.safetensors") ==
              read_text(place / "run" / "checkpoints/last.safetensors"));
}

}  // namespace
}  // namespace rhoam::tests
