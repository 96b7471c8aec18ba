#include "rhoam/agents/defaults.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>
#include <vector>

#include "rhoam/agents/registry.h"
#include "rhoam/envs/registry.h"

namespace rhoam::agents {
namespace {

/// Every tuned pair, in both worlds.
std::set<std::pair<std::string, std::string>> pairs() {
  std::set<std::pair<std::string, std::string>> all;
  for (const auto& rows : {defaults(), defaults_under_drift()})
    for (const auto& row : rows) all.emplace(row.env, row.algorithm);
  return all;
}

TEST(Defaults, EveryRowIsOfAnEnvironmentAndReadByItsAlgorithm) {
  for (const auto& [env, algorithm] : pairs())
    for (const bool drifting : {false, true}) {
      const auto plan = find_algorithm(algorithm).plan();
      core::Options options;
      plan->describe(options);
      options.read_config_text(default_options(env, algorithm, drifting), env, core::Unknown::skip);
      EXPECT_NO_THROW(options.apply());
      EXPECT_NO_THROW(envs::find_env(env));
    }
}

TEST(Defaults, NoRateFallsToZeroUnderDrift) {
  for (const auto& [env, algorithm] : pairs())
    EXPECT_EQ(default_options(env, algorithm, true).find("to=0"), std::string::npos) << env << algorithm;
}

TEST(Defaults, WithoutARowOfItsOwnADriftKeepsTheFirstRate) {
  EXPECT_NE(default_options("CartPole-v1", "ppo").find("critic.lr = linear:from=0.006,to=0\n"),
            std::string::npos);
  EXPECT_NE(default_options("CartPole-v1", "ppo", true).find("critic.lr = 0.006\n"), std::string::npos);
}

TEST(Defaults, ADriftHasItsOwnAlgorithm) {
  EXPECT_EQ(default_algorithm("CartPole-v1"), "ppo");
  EXPECT_EQ(default_algorithm("CartPole-v1", true), "a2c");
}

TEST(Defaults, AWorldThatWandersByItselfHasTheSameDefaultsWithAndWithoutADrift) {
  for (const char* env : {"DriftBandit-v0", "TrackingTarget-v0"}) {
    EXPECT_EQ(default_algorithm(env), "reinforce");
    EXPECT_EQ(default_algorithm(env, true), "reinforce");
    EXPECT_EQ(default_options(env, "reinforce"), default_options(env, "reinforce", true));
  }
}

}  // namespace
}  // namespace rhoam::agents
