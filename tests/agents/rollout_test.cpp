#include "rhoam/agents/rollout.h"

#include <gtest/gtest.h>

namespace rhoam::agents {
namespace {

TEST(Rollout, TruncationTakesItsNextValueFromFinalObs) {
  Rollout rollout(2, 2, 1, 1);
  envs::StepBatch batch;
  batch.resize(2, 1);
  batch.obs = {1, 2};
  batch.final_obs = {9, 8};
  batch.truncated = {0, 1};
  rollout.store(batch);
  batch.truncated = {0, 0};
  rollout.store(batch);
  ASSERT_TRUE(rollout.full());
  ASSERT_EQ(rollout.truncations(), 1u);
  EXPECT_EQ(rollout.final_obs()[0], 8);
  const std::vector<float> values{10, 20, 30, 40}, last{50, 60}, final_values{70};
  std::vector<float> next(4);
  rollout.next_values(values, last, final_values, next);
  EXPECT_EQ(next, (std::vector<float>{30, 70, 50, 60}));
}

TEST(Rollout, HoldsEveryTruncationWhenAllRowsEndAtEveryStep) {
  Rollout rollout(3, 2, 4, 1);
  envs::StepBatch batch;
  batch.resize(2, 4);
  batch.truncated = {1, 1};
  for (int t = 0; t < 3; ++t) rollout.store(batch);
  EXPECT_EQ(rollout.final_obs().size(), 3u * 2 * 4);
  rollout.clear();
  EXPECT_EQ(rollout.truncations(), 0u);
}

}  // namespace
}  // namespace rhoam::agents
