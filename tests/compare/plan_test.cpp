#include "rhoam/compare/plan.h"

#include <gmock/gmock.h>

#include <fstream>

#include "rhoam/agents/mlp.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/tests/apps/process.h"

namespace rhoam::compare {
namespace {

using testing::HasSubstr;
using Words = std::vector<std::string>;

const agents::Networks kNetworks{{"mlp", agents::make_mlp}};

Comparison asked(const Words& words) {
  auto comparison = make_plan(words).comparison;
  check(comparison, kNetworks);
  return comparison;
}

std::string refusal(const Words& words) {
  try {
    asked(words);
  } catch (const core::UsageError& error) {
    return error.what();
  }
  return "";
}

/// The words that read a comparison of this text.
class Config {
 public:
  explicit Config(const std::string& text) { std::ofstream(folder_ / "c.ini") << text; }
  Words words() const { return {"--config", (folder_ / "c.ini").string()}; }

 private:
  tests::TemporaryDirectory folder_;
};

TEST(ReadRequest, ItsCommandAsksTheSame) {
  const auto first = asked({"CartPole-v1", "--rho", "0.9,0.99", "--every-rate", "--drift",
                            "action-flip:square:dwell=100updates", "--seeds", "4"});
  auto words = core::split(first.command, ' ');
  words.erase(words.begin(), words.begin() + 2);  // rhoam compare
  EXPECT_EQ(asked(words).config, first.config);
}

TEST(ReadRequest, TheCommandOfASuiteKeepsWhatWasTyped) {
  EXPECT_THAT(asked({"--suite", "cartpole-flip", "--seeds", "3", "--quiet"}).command,
              "rhoam compare --suite cartpole-flip --seeds 3");
}

TEST(ReadRequest, TypedOptionsBeatThoseOfEveryScenario) {
  const Config config("env = CartPole-v1\nrho = 0.9,0.99\n[scenario a]\ngamma = 0.5\n[scenario b]\n");
  auto words = config.words();
  words.insert(words.end(), {"--gamma", "0.25"});
  for (const auto& scenario : asked(words).scenarios)
    EXPECT_THAT(core::to_config(scenario.options), HasSubstr("gamma = 0.25"));
}

TEST(ReadRequest, AScenarioMayHaveItsOwnTuning) {
  const Config config(
      "env = CartPole-v1\nrho = 0.9,0.99\n[scenario a]\ntune = gamma=0.5,0.9,0.99,1\n[scenario b]\n");
  const auto scenarios = asked(config.words()).scenarios;
  EXPECT_EQ(scenarios[0].candidates.size(), 4U);
  EXPECT_EQ(scenarios[1].candidates.size(), 3U);
}

TEST(ReadRequest, WhatHoldsForAllCannotStandInAScenario) {
  for (const std::string line : {"seeds = 5", "rho = 0.3", "seed = 7", "reference = 0.9"}) {
    const Config config("env = CartPole-v1\nrho = 0.9,0.99\n[scenario a]\n" + line + "\n");
    EXPECT_THAT(refusal(config.words()), HasSubstr("holds for all scenarios")) << line;
  }
}

TEST(ReadRequest, RefusesMoreTrainingsThanAnybodyRuns) {
  const Config config(
      "env = CartPole-v1\nrho = 0.9,0.99\nseeds = 10000\nevery-rate = true\naxis = "
      "gamma=0.1,0.2,0.3\n");
  EXPECT_THAT(refusal(config.words()), HasSubstr("at most 100000"));
}

TEST(ReadRequest, AnOracleNeedsAWorldThatJumps) {
  EXPECT_THAT(refusal({"CartPole-v1", "--rho", "0.9,0.99", "--oracle"}), HasSubstr("--oracle"));
}

TEST(ReadRequest, AnOracleThatCannotBeTrainedIsRefusedAtOnce) {
  EXPECT_THAT(
      refusal({"CartPole-v1", "--rho", "match,auto", "--oracle", "--drift", "action-flip:square:dwell=100"}),
      HasSubstr("match"));
}

TEST(ReadRequest, TheHighestSeedsGoAroundWithoutMeeting) {
  const auto comparison = asked({"CartPole-v1", "--rho", "0.9,0.99", "--seed", "18446744073709551615"});
  EXPECT_EQ(comparison.seed(Stage::final, 1), 0U);
  EXPECT_EQ(comparison.seed(Stage::tuning, 1), 1'000'000U);
}

TEST(Plan, AnAxisOfOneParameterKeepsTheOthers) {
  const auto comparison = asked({"CartPole-v1", "--param", "gravity=5", "--param", "length=2", "--axis",
                                 "param=length=0.5;length=1", "--tune", "none", "--seeds", "3"});
  const auto config = comparison.config_of({0, 1, 0, Stage::final, 0});
  EXPECT_EQ(config.params, (std::vector<std::string>{"gravity=5", "length=1"}));
}

}  // namespace
}  // namespace rhoam::compare
