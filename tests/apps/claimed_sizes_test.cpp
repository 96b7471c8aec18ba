// Checkpoints with a right checksum whose options claim more than their tensors hold, or what no training can
// have.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "rhoam/core/safetensors.h"
#include "rhoam/core/text.h"
#include "rhoam/tests/apps/process.h"

namespace rhoam::tests {
namespace {

struct Claim {
  const char* name;
  std::string option, value;
};

void PrintTo(const Claim& claim, std::ostream* out) { *out << claim.name; }

std::string with(const std::string& config, const std::string& option, const std::string& value) {
  std::string changed;
  for (const auto& line : core::split(config, '\n'))
    if (!line.empty()) changed += (line.starts_with(option + " = ") ? option + " = " + value : line) + "\n";
  return changed;
}

class ClaimedOptions : public testing::TestWithParam<Claim> {
 protected:
  void SetUp() override {
    ASSERT_EQ(rhoam({"train", "CartPole-v1", "--steps", "4096", "--eval-every", "0", "--eval-episodes", "1",
                     "--quiet", "--out", run()})
                  .code,
              0);
    const auto last = place_ / "run" / "checkpoints" / "last.safetensors";
    auto checkpoint = core::read_safetensors(last);
    const auto& [name, option, value] = GetParam();
    auto& options = checkpoint.metadata.at("options");
    const auto honest = options;
    options = with(options, option, value);
    ASSERT_NE(options, honest);
    core::write_safetensors(last, checkpoint);
    const auto config = read_text(place_ / "run" / "config.ini");
    std::ofstream(place_ / "run" / "config.ini") << with(config, option, value);
  }
  std::string path(const char* name) const { return (place_ / name).string(); }
  std::string run() const { return path("run"); }
  static void expect_refused(const std::vector<std::string>& words) {
    const auto finished = rhoam(words);
    EXPECT_EQ(finished.code, 5) << words[0] << ": " << finished.out << finished.err;
    EXPECT_EQ(std::ranges::count(finished.err, '\n'), 1) << finished.err;
  }
  void expect_no_agent() const {
    expect_refused({"eval", run(), "--checkpoint", "last", "--episodes", "1"});
    expect_refused({"watch", run(), "--checkpoint", "last", "--record", path("film.gif")});
    expect_refused({"train", "--resume", run()});
    expect_refused({"train", "--from", run(), "--checkpoint", "last", "--out", path("next")});
    EXPECT_FALSE(std::filesystem::exists(path("next")));
  }

  TemporaryDirectory place_;
};

class ClaimedSizes : public ClaimedOptions {};

TEST_P(ClaimedSizes, AreRefusedInOneLineByEveryVerb) {
  expect_no_agent();
  expect_refused({"inspect", run()});
}

class ImpossibleOptions : public ClaimedOptions {};

TEST_P(ImpossibleOptions, AreRefusedInOneLineByVerbsThatNeedTheAgent) { expect_no_agent(); }

const auto kName = [](const auto& claim) { return claim.param.name; };

INSTANTIATE_TEST_SUITE_P(
    Options, ClaimedSizes,
    testing::Values(Claim{"Width", "hidden", "100000000"}, Claim{"SecondWidth", "hidden", "16,100000"},
                    Claim{"Layers", "hidden", "4096,4096,4096,4096,4096,4096,4096,4096"},
                    Claim{"ALittleWider", "hidden", "16,17"}, Claim{"Rows", "envs", "65536"},
                    Claim{"AbsurdRows", "envs", "1000000000"}, Claim{"Rollout", "rollout-steps", "131072"},
                    Claim{"LongestRollout", "rollout-steps", "1048576"},
                    Claim{"AbsurdRollout", "rollout-steps", "1000000000"},
                    Claim{"Minibatch", "batch-size", "1000000000"},
                    Claim{"Evaluation", "eval-episodes", "1000000000"}),
    kName);

INSTANTIATE_TEST_SUITE_P(Options, ImpossibleOptions,
                         testing::Values(Claim{"NothingToMatch", "actor.rho", "match"},
                                         Claim{"NoParameter", "param", "gravityy=3"},
                                         Claim{"NoAlgorithmOfHere", "normalize-reward", "2"}),
                         kName);

TEST(TypedSizes, AreRefusedInOneLine) {
  const TemporaryDirectory place;
  for (const std::vector<std::string>& options : {std::vector<std::string>{"--hidden", "100000000"},
                                                  {"--hidden", "64,100000"},
                                                  {"--rollout-steps", "1000000000", "--envs", "4096"},
                                                  {"--rollout-steps", "1048576", "--envs", "4096"},
                                                  {"--rollout-steps", "1048576", "--envs", "2047"}}) {
    std::vector<std::string> words{"train", "CartPole-v1", "--out", (place / "run").string()};
    words.insert(words.end(), options.begin(), options.end());
    const auto finished = rhoam(words);
    EXPECT_EQ(finished.code, 2) << options[1] << finished.err;
    EXPECT_EQ(std::ranges::count(finished.err, '\n'), 1) << finished.err;
    EXPECT_FALSE(std::filesystem::exists(place / "run"));
  }
}

}  // namespace
}  // namespace rhoam::tests
