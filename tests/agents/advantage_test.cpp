#include "rhoam/agents/advantage.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace rhoam::agents {
namespace {

// One row, three steps of reward 1, every value 0.5, γ = 0.5, λ = 0.5: δ = 1 + 0.5·0.5 − 0.5 = 0.75.
struct OneRow {
  std::array<float, 3> rewards{1, 1, 1}, values{0.5f, 0.5f, 0.5f}, next_values{0.5f, 0.5f, 0.5f},
      advantages{};
  std::array<std::uint8_t, 3> terminated{}, truncated{};
  void run(float lambda = 0.5f) {
    gae({.steps = 3,
         .rows = 1,
         .rewards = rewards,
         .values = values,
         .next_values = next_values,
         .terminated = terminated,
         .truncated = truncated,
         .gamma = 0.5f,
         .lambda = lambda},
        advantages);
  }
};

TEST(Gae, SumsDiscountedErrorsBackwards) {
  OneRow row;
  row.run();
  EXPECT_FLOAT_EQ(row.advantages[2], 0.75f);
  EXPECT_FLOAT_EQ(row.advantages[1], 0.75f + 0.25f * 0.75f);
  EXPECT_FLOAT_EQ(row.advantages[0], 0.75f + 0.25f * (0.75f + 0.25f * 0.75f));
}

TEST(Gae, TerminationHasNoValueAndStopsTheSum) {
  OneRow row;
  row.terminated[1] = 1;
  row.next_values[1] = 100;  // must be ignored
  row.run();
  EXPECT_FLOAT_EQ(row.advantages[1], 1 - 0.5f);
  EXPECT_FLOAT_EQ(row.advantages[0], 0.75f + 0.25f * 0.5f);
}

TEST(Gae, TruncationBootstrapsFromFinalObsAndStopsTheSum) {
  OneRow row;
  row.truncated[1] = 1;
  row.next_values[1] = 4;  // V(final_obs)
  row.run();
  EXPECT_FLOAT_EQ(row.advantages[1], 1 + 0.5f * 4 - 0.5f);
}

TEST(Gae, LambdaOneIsTheNStepReturn) {
  OneRow row;
  row.run(1.0f);
  EXPECT_FLOAT_EQ(row.advantages[0], 1 + 0.5f + 0.25f + 0.125f * 0.5f - 0.5f);
}

TEST(Gae, RowsDoNotMix) {
  const std::vector<float> rewards{1, 10, 1, 10}, zeros(4, 0.0f);
  const std::vector<std::uint8_t> never(4, 0);
  std::vector<float> advantages(4);
  gae({.steps = 2,
       .rows = 2,
       .rewards = rewards,
       .values = zeros,
       .next_values = zeros,
       .terminated = never,
       .truncated = never,
       .gamma = 1,
       .lambda = 1},
      advantages);
  EXPECT_EQ(advantages, (std::vector<float>{2, 20, 1, 10}));
}

TEST(Center, SubtractsTheMeanOfTheOthers) {
  std::vector<float> x{1, 2, 6};
  center(x);
  EXPECT_EQ(x, (std::vector<float>{-3, -1.5, 4.5}));
}

TEST(Center, LeavesASingleValueAlone) {
  std::vector<float> x{5};
  center(x);
  EXPECT_EQ(x, (std::vector<float>{5}));
}

TEST(Standardise, GivesMeanZeroAndDeviationOne) {
  std::vector<float> x{1, 2, 3};
  standardise(x);
  EXPECT_NEAR(x[0], -1, 1e-6);
  EXPECT_NEAR(x[1], 0, 1e-6);
  EXPECT_NEAR(x[2], 1, 1e-6);
}

TEST(Standardise, KeepsEqualValuesFinite) {
  std::vector<float> x{2, 2};
  standardise(x);
  EXPECT_EQ(x, (std::vector<float>{0, 0}));
}

}  // namespace
}  // namespace rhoam::agents
