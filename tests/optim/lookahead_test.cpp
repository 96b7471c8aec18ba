#include "rhoam/optim/lookahead.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/optim/momentum.h"
#include "rhoam/tests/optim/stages.h"

namespace rhoam::optim {
namespace {

/// θ after each of `count` updates with gradient 1 from θ = 1, at rate 0.1·factors[t] (1 where none is left).
std::vector<double> path(const LookaheadOptions& options, int count,
                         const std::vector<double>& factors = {}) {
  auto optimizer = chain<double>(1, lookahead<double>(options, 1));
  std::vector<double> theta{1}, all;
  for (int t = 0; t < count; ++t) {
    optimizer.set_rate_factor(0.1 * (t < static_cast<int>(factors.size()) ? factors[t] : 1));
    optimizer.step(theta, std::vector<double>{1}, {.updates = t});
    all.push_back(theta[0]);
  }
  return all;
}

void expect_near(const std::vector<double>& path, const std::vector<double>& expected) {
  ASSERT_EQ(path.size(), expected.size());
  for (std::size_t t = 0; t < path.size(); ++t) EXPECT_NEAR(path[t], expected[t], 1e-14) << t;
}

TEST(Lookahead, EveryKthUpdateGoesBackToTheSlowWeights) {
  // Slow weights: 1, then 1 + ½(0.7 − 1) = 0.85, then 0.85 + ½(0.55 − 0.85) = 0.7.
  expect_near(path({.every = 3}, 7), {0.9, 0.8, 0.85, 0.75, 0.65, 0.7, 0.6});
}

TEST(Lookahead, ItsPullMayFollowASchedule) {
  const auto pull = core::parse_schedule("steps:at=2updates,values=1/0");
  expect_near(path({.every = 2, .pull = pull}, 4), {0.9, 0.8, 0.7, 0.8});
}

TEST(Lookahead, TheRateMayChange) { expect_near(path({.every = 2}, 3, {1, 2, 4}), {0.9, 0.85, 0.45}); }

TEST(Lookahead, AtRateZeroNothingMoves) { expect_near(path({.every = 2}, 4, {1, 0}), {0.9, 0.9, 0.8, 0.85}); }

TEST(Lookahead, WithAFullPullItChangesNothing) {
  auto plain = chain<double>(50), full = chain<double>(50, lookahead<double>({.every = 2, .pull = 1.0}, 50));
  const auto expected = walked(plain, 50), theta = walked(full, 50);
  for (std::size_t i = 0; i < 50; ++i)
    EXPECT_NEAR(theta[i], expected[i], 1e-12 * (1 + std::abs(expected[i])));
}

TEST(Lookahead, IsTheSameForAnyNumberOfThreads) {
  const auto make = [](std::size_t size) {
    return chain(size, trace<float>({}, size), lookahead<float>({.every = 2}, size));
  };
  auto alone = make(100003), threaded = make(100003);
  EXPECT_EQ(walked(alone, 100003), walked_on_threads(threaded, 100003));
}

TEST(Lookahead, ASavedOptimizerContinuesBitExactly) {
  const auto make = [] { return chain(37, lookahead<float>({.every = 3}, 37)); };
  auto whole = make(), first = make(), second = make();
  EXPECT_EQ(walked(whole, 37), walked_in_two(first, second, 37));
}

TEST(Lookahead, IsOffAtZeroAndRefusesWhatIsOutOfRange) {
  EXPECT_EQ(lookahead<float>({.every = 0}, 1), nullptr);
  EXPECT_THROW(lookahead<float>({.every = -1}, 1), core::UsageError);
  EXPECT_THROW(lookahead<float>({.pull = 1.5}, 1), core::UsageError);
  EXPECT_THROW(lookahead<float>({.pull = -0.1}, 1), core::UsageError);
}

}  // namespace
}  // namespace rhoam::optim
