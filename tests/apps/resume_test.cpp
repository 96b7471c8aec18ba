#include <gtest/gtest.h>

#include <csignal>

#include "tests/apps/process.h"

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
    finished = rhoam_interrupted({"train", "--resume", (place / "pieces").string(), "--quiet", "--threads",
                                  interruptions % 2 == 0 ? "1" : "2"},
                                 wait, GetParam().signal);
  }
  EXPECT_GE(interruptions, 2) << "the run was over before it could be disturbed";
  for (const char* file : {"checkpoints/last.safetensors", "checkpoints/best.safetensors", "config.ini"})
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

INSTANTIATE_TEST_SUITE_P(Interruptions, Resume,
                         testing::Values(Interruption{"CartPoleKilled", kCartPole, SIGKILL},
                                         Interruption{"CartPoleCtrlC", kCartPole, SIGINT},
                                         Interruption{"LanderKilled", kLander, SIGKILL},
                                         Interruption{"LanderCtrlC", kLander, SIGINT},
                                         Interruption{"ReinforceTerminated", kReinforce, SIGTERM}),
                         [](const auto& interruption) { return interruption.param.name; });

}  // namespace
}  // namespace rhoam::tests
