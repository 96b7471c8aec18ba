#include "rhoam/agents/losses.h"

#include <gtest/gtest.h>

#include <tuple>

#include "rhoam/tests/agents/finite_difference.h"

namespace rhoam::agents {
namespace {

constexpr float kClip = 0.2f;

// Ratios 1/2, 1 and 2 against a range of 0.8 … 1.2.
const float kHalf = std::log(0.5f), kTwice = std::log(2.0f);

class Surrogate : public testing::TestWithParam<std::tuple<float, float>> {};

TEST_P(Surrogate, GradientAgreesWithFiniteDifferences) {
  float log_prob = std::get<0>(GetParam());
  const float advantage = std::get<1>(GetParam());
  const auto loss = [&] { return double{clipped_surrogate(log_prob, 0, advantage, kClip).loss}; };
  EXPECT_NEAR(clipped_surrogate(log_prob, 0, advantage, kClip).d_log_prob,
              finite_difference(log_prob, loss, 1e-3f), 2e-3);
}

INSTANTIATE_TEST_SUITE_P(Sides, Surrogate,
                         testing::Combine(testing::Values(-0.7f, -0.1f, 0.0f, 0.1f, 0.7f),
                                          testing::Values(-1.5f, 1.5f)));

TEST(Surrogate, HasNoGradientOnTheClippedSide) {
  EXPECT_EQ(clipped_surrogate(kTwice, 0, 3, kClip).d_log_prob, 0);
  EXPECT_EQ(clipped_surrogate(kHalf, 0, -3, kClip).d_log_prob, 0);
  EXPECT_FLOAT_EQ(clipped_surrogate(kTwice, 0, 3, kClip).loss, -1.2f * 3);
  EXPECT_FLOAT_EQ(clipped_surrogate(kHalf, 0, -3, kClip).loss, 0.8f * 3);
}

TEST(Surrogate, KeepsItsGradientWhereTheRatioMayComeBack) {
  EXPECT_FLOAT_EQ(clipped_surrogate(kHalf, 0, 3, kClip).d_log_prob, -0.5f * 3);
  EXPECT_FLOAT_EQ(clipped_surrogate(kTwice, 0, -3, kClip).d_log_prob, 2.0f * 3);
}

TEST(Surrogate, IsThePolicyGradientAtRatioOne) {
  const PolicyTerm term = clipped_surrogate(-0.7f, -0.7f, 2, kClip);
  EXPECT_EQ(term.d_log_prob, policy_gradient(-0.7f, 2).d_log_prob);
  EXPECT_EQ(term.kl, 0);
  EXPECT_FALSE(term.outside);
}

TEST(Surrogate, CountsRatiosBeyondTheRangeOnEitherSide) {
  EXPECT_TRUE(clipped_surrogate(kHalf, 0, 1, kClip).outside);
  EXPECT_TRUE(clipped_surrogate(kTwice, 0, 1, kClip).outside);
  EXPECT_FALSE(clipped_surrogate(0.1f, 0, 1, kClip).outside);
  EXPECT_FLOAT_EQ(clipped_surrogate(kTwice, 0, 1, kClip).kl, 2 - 1 - kTwice);
}

TEST(PolicyGradient, IsMinusTheAdvantage) {
  EXPECT_EQ(policy_gradient(-0.5f, 3).d_log_prob, -3);
  EXPECT_EQ(policy_gradient(-0.5f, 3).loss, 1.5f);
}

TEST(ValueError, IsTheSquareWithHalfItsGradient) {
  EXPECT_EQ(value_error(3, 1).squared_error, 4);
  EXPECT_EQ(value_error(3, 1).d_value, 2);
}

class ClippedValue : public testing::TestWithParam<std::tuple<float, float>> {};

TEST_P(ClippedValue, GradientAgreesWithFiniteDifferences) {
  float value = std::get<0>(GetParam());
  const float target = std::get<1>(GetParam());
  const auto loss = [&] { return 0.5 * clipped_value(value, 0, target, 0.5f).squared_error; };
  EXPECT_NEAR(clipped_value(value, 0, target, 0.5f).d_value, finite_difference(value, loss, 1e-2f), 1e-3);
}

// Moves within and beyond 0.5, towards and past the target, and away from it.
INSTANTIATE_TEST_SUITE_P(Moves, ClippedValue,
                         testing::Combine(testing::Values(-2.0f, -0.3f, 0.3f, 0.8f, 2.0f),
                                          testing::Values(-1.1f, 0.1f, 1.1f)));

TEST(ClippedValue, StopsTheMoveTowardsAFarTarget) {
  const ValueTerm term = clipped_value(1, 0, 2, 0.5f);  // held at 0.5
  EXPECT_EQ(term.d_value, 0);
  EXPECT_FLOAT_EQ(term.squared_error, 1.5f * 1.5f);
}

TEST(ClippedValue, LetsAWrongMoveComeBack) { EXPECT_FLOAT_EQ(clipped_value(-1, 0, 2, 0.5f).d_value, -3); }

TEST(ClippedValue, IsThePlainErrorWithinTheLimit) {
  EXPECT_EQ(clipped_value(0.25f, 0, 2, 0.5f).d_value, value_error(0.25f, 2).d_value);
}

}  // namespace
}  // namespace rhoam::agents
