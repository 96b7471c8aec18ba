#include "rhoam/envs/cartpole.h"

#include <gtest/gtest.h>

#include "rhoam/envs/batch.h"

namespace rhoam::envs {
namespace {

constexpr float kLeft = 0, kRight = 1;

Step push(CartPole& env, float action) {
  core::StreamDraws draws;
  return env.step({&action, 1}, draws);
}

// From rest and upright, 10 N on 1.1 kg: a = 10/1.1, θ'' = −a / (0.5·(4/3 − 0.1/1.1)), x'' = a −
// 0.05·θ''/1.1.
constexpr double kPush = 10 / 1.1;
constexpr double kThetaAcceleration = -kPush / (0.5 * (4.0 / 3.0 - 0.1 / 1.1));
constexpr double kAcceleration = kPush - 0.05 * kThetaAcceleration / 1.1;

TEST(CartPole, PushFromRestGivesTheHandComputedVelocities) {
  CartPole env;
  push(env, kRight);
  EXPECT_DOUBLE_EQ(env.state[0], 0);
  EXPECT_DOUBLE_EQ(env.state[1], 0.02 * kAcceleration);
  EXPECT_DOUBLE_EQ(env.state[2], 0);
  EXPECT_DOUBLE_EQ(env.state[3], 0.02 * kThetaAcceleration);
}

TEST(CartPole, SemiImplicitEulerMovesWithTheNewVelocity) {
  CartPole env;
  env.integrator = 1;
  push(env, kRight);
  EXPECT_DOUBLE_EQ(env.state[0], 0.02 * 0.02 * kAcceleration);
  EXPECT_DOUBLE_EQ(env.state[2], 0.02 * 0.02 * kThetaAcceleration);
}

TEST(CartPole, LeftMirrorsRight) {
  CartPole left, right;
  push(left, kLeft);
  push(right, kRight);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_DOUBLE_EQ(left.state[i], -right.state[i]);
}

TEST(CartPole, TheStepBeyondAThresholdTerminatesAndStillPays) {
  CartPole env;
  env.state = {2.39, 1, 0, 0};
  const auto step = push(env, kRight);
  EXPECT_TRUE(step.terminated);
  EXPECT_EQ(step.reward, 1);
  env.state = {0, 0, -0.209, -0.1};
  EXPECT_TRUE(push(env, kRight).terminated);
  env.state = {2.3, 0, 0.2, 0};
  EXPECT_FALSE(push(env, kRight).terminated);
}

TEST(CartPole, AccelerationFollowsTheParametersOfTheMoment) {
  CartPole env;
  env.masscart = 1.9;  // 2 kg together: a = 10/2
  push(env, kRight);
  const double theta = -5 / (0.5 * (4.0 / 3.0 - 0.1 / 2));
  EXPECT_NEAR(env.state[1], 0.02 * (5 - 0.05 * theta / 2), 1e-15);
}

TEST(CartPole, StartsUniformlyWithinFiveHundredths) {
  CartPole env;
  core::StreamDraws draws(core::Stream(1));
  std::array<double, 4> low{}, high{};
  for (int episode = 0; episode < 5000; ++episode) {
    env.reset(draws);
    for (std::size_t i = 0; i < 4; ++i) {
      low[i] = std::min(low[i], env.state[i]);
      high[i] = std::max(high[i], env.state[i]);
    }
  }
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_TRUE(low[i] >= -0.05 && low[i] < -0.0498) << low[i];
    EXPECT_TRUE(high[i] < 0.05 && high[i] > 0.0498) << high[i];
  }
}

TEST(CartPole, AnEpisodeThatGoesOnIsTruncatedAfter500Steps) {
  Batch<CartPole> env(1, nullptr);
  StepBatch batch;
  env.reset(1, batch);
  for (const char* name : {"gravity", "force_mag"}) env.set_param(name, 0);
  env.set_param("theta_threshold_radians", 1.5);
  for (int t = 0; t < 499; ++t) {
    env.step({&kLeft, 1}, batch);
    ASSERT_FALSE(batch.ended(0)) << t;
  }
  env.step({&kLeft, 1}, batch);
  EXPECT_TRUE(batch.truncated[0]);
  EXPECT_FALSE(batch.terminated[0]);
  EXPECT_EQ(batch.episode_length[0], 500);
  EXPECT_EQ(batch.episode_return[0], 500);
}

TEST(CartPole, FallingOnTheLastAllowedStepIsTerminationNotTruncation) {
  Batch<CartPole> env(1, nullptr);
  StepBatch batch;
  env.reset(1, batch);
  for (int t = 0; t < 500; ++t) {
    env.env(0).state = {0, 0, t < 499 ? 0 : 0.3, 0};
    env.step({&kLeft, 1}, batch);
  }
  EXPECT_TRUE(batch.terminated[0]);
  EXPECT_FALSE(batch.truncated[0]);
}

}  // namespace
}  // namespace rhoam::envs
