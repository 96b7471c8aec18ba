#include "rhoam/compare/trial_log.h"

#include <gtest/gtest.h>

#include <cmath>

namespace rhoam::compare {
namespace {

TrialLog trace_of(std::vector<double> steps, std::vector<double> returns) {
  const std::vector<double> zeros(steps.size(), 0.0);
  return {.steps = std::move(steps),
          .updates = zeros,
          .episodes = zeros,
          .returns = std::move(returns),
          .regret = zeros,
          .memory = zeros,
          .critic_memory = zeros,
          .root_v = zeros,
          .changes = {}};
}

double returns_of(const std::vector<core::Metric>& row) {
  for (const auto& [name, value] : row)
    if (name == "rollout/last_ep_rew") return value;
  return std::nan("");
}

TEST(MeanKnown, LeavesOutWhatIsMissing) {
  EXPECT_EQ(mean_known(std::vector<double>{std::nan(""), 1, 3}), 2);
  EXPECT_TRUE(std::isnan(mean_known(std::vector<double>{std::nan("")})));
}

TEST(GeometricMeanKnown, IsTheMeanOfLogarithms) {
  EXPECT_NEAR(geometric_mean_known(std::vector<double>{1, 100, std::nan("")}), 10, 1e-12);
}

TEST(Binned, AveragesTheIterationsThatEndWithinEachRow) {
  const auto rows = binned(trace_of({10, 20, 30, 40}, {1, 3, 5, 9}), 40, 2);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0][0].value, 20);
  EXPECT_EQ(returns_of(rows[0]), 2);
  EXPECT_EQ(returns_of(rows[1]), 7);
}

TEST(Binned, RepeatsTheRowBeforeWhereNoIterationEnded) {
  const auto rows = binned(trace_of({20, 40}, {1, 3}), 40, 4);
  EXPECT_TRUE(std::isnan(returns_of(rows[0])));
  EXPECT_EQ(returns_of(rows[2]), 1);
  EXPECT_EQ(rows[2][0].value, 30);
}

TEST(Binned, CountsWhatEndsPastTheEndInTheLastRow) {
  const auto rows = binned(trace_of({20, 48}, {1, 3}), 40, 2);
  EXPECT_EQ(returns_of(rows[1]), 3);
}

}  // namespace
}  // namespace rhoam::compare
