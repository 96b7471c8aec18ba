#include "rhoam/optim/scale_by_pooled_rms.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "rhoam/core/errors.h"
#include "rhoam/optim/linear.h"
#include "rhoam/optim/momentum.h"
#include "rhoam/tests/optim/stages.h"

namespace rhoam::optim {
namespace {

using Groups = std::vector<std::size_t>;

const RmsOptions kExact{.rho = 0.9, .eps = 0.0};

template <class Scalar>
Chain<Scalar> pooled(std::size_t size, const Groups& groups, const RmsOptions& options = kExact) {
  return chain<Scalar>(size, scale_by_pooled_rms<Scalar>(options, groups, size));
}

/// −θ after one step from 0.
std::vector<double> first_update(const Groups& groups, const std::vector<double>& gradient) {
  auto optimizer = pooled<double>(gradient.size(), groups);
  std::vector<double> theta(gradient.size());
  optimizer.step(theta, gradient, {});
  for (double& x : theta) x = -x;
  return theta;
}

TEST(ScaleByPooledRms, OneGroupKeepsTheDirectionOfTheGradient) {
  const auto u = first_update({0}, {3, -4, 0, 0});
  EXPECT_NEAR(u[0], 3 / 2.5, 1e-14);  // mean of squares 25/4
  EXPECT_NEAR(u[1], -4 / 2.5, 1e-14);
  EXPECT_EQ(u[2], 0);
}

TEST(ScaleByPooledRms, EveryGroupHasAScaleOfItsOwn) {
  const auto u = first_update({0, 2, 3}, {300, 300, 0.1, -2e-7, 0});
  EXPECT_NEAR(u[0], 1, 1e-14);
  EXPECT_NEAR(u[2], 1, 1e-14);
  EXPECT_NEAR(u[3], -std::sqrt(2.0), 1e-14);
}

TEST(ScaleByPooledRms, GroupsOfOneAreRmsprop) {
  for (const auto correction : {BiasCorrection::none, BiasCorrection::capped, BiasCorrection::debiased})
    for (const auto place : {EpsPlace::outside, EpsPlace::inside}) {
      const RmsOptions options{
          .eps = 1e-3, .eps_place = place, .bias_correction = correction, .first_v = 0.5};
      auto one_each = pooled<double>(4, {0, 1, 2, 3}, options);
      auto plain = chain<double>(4, scale_by_rms<double>(options, 4));
      const auto theta = walked(one_each, 4), expected = walked(plain, 4);
      for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(theta[i], expected[i], 1e-13);
    }
}

/// Two updates written out, on noise; v₂ is the mean of both, as ρ is capped.
std::vector<double> two_updates(const Groups& begins, std::size_t size) {
  std::vector<double> theta(size);
  const auto first = noise<float>(1, size), second = noise<float>(2, size);
  for (std::size_t g = 0; g < begins.size(); ++g) {
    const std::size_t begin = begins[g], end = g + 1 < begins.size() ? begins[g + 1] : size;
    double one = 0, two = 0;
    for (std::size_t i = begin; i < end; ++i)
      one += first[i] * double{first[i]}, two += second[i] * double{second[i]};
    const auto count = static_cast<double>(end - begin);
    for (std::size_t i = begin; i < end; ++i)
      theta[i] = -first[i] / std::sqrt(one / count) - second[i] / std::sqrt((one + two) / 2 / count);
  }
  return theta;
}

TEST(ScaleByPooledRms, GroupsMayBeginAnywhereInAnyBlock) {
  const std::size_t size = 10007;
  const Groups begins{0, 1, 100, 2047, 2048, 2050, 9000};
  auto optimizer = pooled<float>(size, begins);
  std::vector<float> theta(size);
  walk(optimizer, theta, 1, 3);
  const auto expected = two_updates(begins, size);
  for (std::size_t i = 0; i < size; ++i)
    ASSERT_NEAR(theta[i], expected[i], 1e-5 * (1 + std::abs(expected[i]))) << i;
}

TEST(ScaleByPooledRms, MomentumTakesEveryGroupAlong) {
  const Groups begins{0, 5, 3000};
  auto fused = chain(5000, scale_by_pooled_rms<float>(kExact, begins, 5000), trace<float>({}, 5000));
  auto apart = chain(5000, scale_by_pooled_rms<float>(kExact, begins, 5000), trace<float>({}, 5000),
                     scale_by<float>(0.5), scale_by<float>(2.0));
  EXPECT_EQ(walked(fused, 5000), walked(apart, 5000));
}

TEST(ScaleByPooledRms, IsTheSameForAnyNumberOfThreads) {
  const std::size_t size = 100003;
  auto alone = pooled<float>(size, {0, 10, 70000}), threaded = pooled<float>(size, {0, 10, 70000});
  EXPECT_EQ(walked(alone, size), walked_on_threads(threaded, size));
}

TEST(ScaleByPooledRms, ASavedOptimizerContinuesBitExactly) {
  const auto make = [] { return pooled<float>(37, {0, 9}); };
  auto whole = make(), first = make(), second = make();
  EXPECT_EQ(walked(whole, 37), walked_in_two(first, second, 37));
}

TEST(ScaleByPooledRms, StateOfOtherGroupsIsRefused) {
  core::Tensors saved;
  pooled<float>(37, {0, 9}).save(saved, "");
  EXPECT_THROW(pooled<float>(37, {0}).load(saved, ""), core::CorruptError);
}

TEST(ScaleByPooledRms, TheScaleOfTheLossDoesNotMatter) {
  auto optimizer = pooled<double>(5, {0, 2}), scaled = pooled<double>(5, {0, 2});
  std::vector<double> theta(5), other(5);
  for (std::uint64_t t = 0; t < 50; ++t) {
    auto gradient = noise<double>(t, 5);
    optimizer.step(theta, gradient, {});
    for (double& g : gradient) g *= 1000;
    scaled.step(other, gradient, {});
  }
  for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(theta[i], other[i], 1e-12);
}

TEST(ScaleByPooledRms, ZeroGradientsNeverGiveNaN) {
  EXPECT_EQ(first_update({0, 1}, {0, 0, 0}), (std::vector<double>{0, 0, 0}));
}

TEST(ScaleByPooledRms, ANaNStaysVisibleInItsGroup) {
  const auto u = first_update({0, 2}, {NAN, 1, 1});
  EXPECT_TRUE(std::isnan(u[0]) && std::isnan(u[1]));
  EXPECT_EQ(u[2], 1);
}

TEST(ScaleByPooledRms, ReportsItsMemoryAndTheRateOfEveryParameter) {
  auto optimizer =
      pooled<double>(3, {0, 2}, {.rho = 0.75, .eps = 0.5, .bias_correction = BiasCorrection::none});
  std::vector<double> theta(3), root_v(3), rate(3);
  optimizer.step(theta, std::vector<double>{2, 6, -4}, {});
  EXPECT_DOUBLE_EQ(optimizer.memory(), 4);
  ASSERT_TRUE(optimizer.inspect(root_v, rate));
  const double shared = std::sqrt(20.0) / 2;
  for (const auto& [i, root] : {std::pair{0, shared}, {1, shared}, {2, 2.0}}) {
    EXPECT_DOUBLE_EQ(root_v[i], root);
    EXPECT_DOUBLE_EQ(rate[i], 1 / (root + 0.5));
  }
}

TEST(ScaleByPooledRms, ForgettingMakesTheNextUpdateTheFirst) {
  auto optimizer = pooled<double>(2, {0});
  std::vector<double> theta(2), again(2);
  optimizer.step(theta, std::vector<double>{100, 700}, {});
  optimizer.rescale_v(0);
  optimizer.step(again, std::vector<double>{3, -4}, {});
  EXPECT_NEAR(again[0], -3 / std::sqrt(12.5), 1e-14);
}

TEST(ScaleByPooledRms, GroupsThatDoNotCoverTheVectorAreRefused) {
  for (const Groups& groups : {Groups{}, {1}, {0, 0}, {0, 3, 2}, {0, 5}, {0, 9}})
    EXPECT_THROW(pooled<float>(5, groups), std::invalid_argument);
  EXPECT_THROW(pooled<float>(5, {0}, {.centered = true}), core::UsageError);
}

}  // namespace
}  // namespace rhoam::optim
