#include "rhoam/optim/clip.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/tests/optim/optimize.h"

namespace rhoam::optim {
namespace {

OptimizerConfig sgd() { return {.recipe = "sgd", .lr = 1.0}; }

TEST(Clip, ALongGradientIsShortenedToTheLimit) {
  auto config = sgd();
  config.clip_norm = 1.0;
  const auto theta = first_step(config, {3, -4});
  EXPECT_NEAR(theta[0], -0.6, 1e-15);
  EXPECT_NEAR(theta[1], 0.8, 1e-15);
}

TEST(Clip, AShortGradientIsUntouched) {
  auto config = sgd();
  config.clip_norm = 5.0;
  EXPECT_EQ(first_step(config, {3, -4}), (std::vector<double>{-3, 4}));
}

TEST(Clip, TheReportedNormIsTheRawOne) {
  auto config = sgd();
  config.clip_norm = 1.0;
  config.weight_decay = 0.5;
  const auto optimizer = make_optimizer<double>(config, 2);
  std::vector<double> theta{10, 10};
  optimizer->step(theta, std::vector<double>{3, -4}, {});
  EXPECT_DOUBLE_EQ(optimizer->gradient_norm(), 5);
}

TEST(Clip, WithoutClippingThereIsNoNorm) {
  const auto optimizer = make_optimizer<double>(sgd(), 1);
  double theta = 0;
  const double gradient = 1;
  optimizer->step({&theta, 1}, {&gradient, 1}, {});
  EXPECT_TRUE(std::isnan(optimizer->gradient_norm()));
}

TEST(Clip, ValuesAreLimitedOneByOne) {
  auto config = sgd();
  config.clip_value = 1.0;
  EXPECT_EQ(first_step(config, {3, -0.5, -4}), (std::vector<double>{-1, 0.5, 1}));
}

TEST(Clip, NaNPassesThrough) {
  auto config = sgd();
  config.clip_value = 1.0;
  EXPECT_TRUE(std::isnan(first_step(config, {NAN})[0]));
  config = sgd();
  config.clip_norm = 1.0;
  EXPECT_TRUE(std::isnan(first_step(config, {NAN, 1})[1]));
}

TEST(Clip, ABurstIsClippedBeforeItReachesTheAccumulator) {
  // The burst counts as 1, so the step after it has its usual size; clipped later, v would still hold 10⁶.
  for (const bool by_value : {false, true}) {
    OptimizerConfig config{.lr = 0.01, .rho = 0.99};
    (by_value ? config.clip_value : config.clip_norm) = 1.0;
    const double burst = run(config, {1, 1000, 1}) - run(config, {1, 1000});
    EXPECT_NEAR(burst, -0.01, 1e-9);
  }
}

TEST(Clip, TheNormOfAVectorOfManyBlocksIsExact) {
  auto config = sgd();
  config.clip_norm = 1.0;
  const std::size_t size = 100003;
  const auto optimizer = make_optimizer<float>(config, size);
  std::vector<float> theta(size);
  optimizer->step(theta, std::vector<float>(size, 0.5f), {});
  EXPECT_NEAR(optimizer->gradient_norm(), 0.5 * std::sqrt(100003.0), 1e-9);
}

}  // namespace
}  // namespace rhoam::optim
