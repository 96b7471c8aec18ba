#include "rhoam/optim/chain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/optim/clip.h"
#include "rhoam/optim/linear.h"
#include "rhoam/optim/momentum.h"
#include "rhoam/optim/scale_by_rms.h"
#include "rhoam/tests/optim/optimize.h"
#include "rhoam/tests/optim/stages.h"

namespace rhoam::optim {
namespace {

double norm(const std::vector<float>& x) {
  return std::sqrt(std::inner_product(x.begin(), x.end(), x.begin(), 0.0));
}

TEST(Chain, AReductionSeesWhatTheStagesBeforeWroteInEveryBlock) {
  const std::size_t size = 5000;
  auto optimizer = chain(size, scale_by<float>(2.0), clip_by_global_norm<float>(1.0, size));
  std::vector<float> theta(size);
  optimizer.step(theta, std::vector<float>(size, 1.0f), {});
  EXPECT_NEAR(optimizer.gradient_norm(), 2 * std::sqrt(5000.0), 1e-9);
  EXPECT_NEAR(norm(theta), 1, 1e-5);
}

TEST(Chain, EachReductionStartsAPassOfItsOwn) {
  const std::size_t size = 5000;
  auto optimizer = chain(size, clip_by_global_norm<float>(3.0, size), scale_by<float>(2.0),
                         clip_by_global_norm<float>(1.0, size), scale_by<float>(0.25));
  std::vector<float> theta(size);
  optimizer.step(theta, std::vector<float>(size, 1.0f), {});
  EXPECT_NEAR(optimizer.gradient_norm(), 6, 1e-5);
  EXPECT_NEAR(norm(theta), 0.25, 1e-6);
}

TEST(Chain, MomentumThatTheStageBeforeTakesAlongChangesNoBit) {
  for (const bool nesterov : {false, true}) {
    const std::size_t size = 5000;
    const auto stages = [&] {
      return std::pair(scale_by_rms<float>({}, size), trace<float>({.nesterov = nesterov}, size));
    };
    auto [rms, momentum] = stages();
    auto [same_rms, same_momentum] = stages();
    auto fused = chain(size, std::move(rms), std::move(momentum));
    auto apart = chain(size, std::move(same_rms), std::move(same_momentum), scale_by<float>(2.0));
    apart.set_rate_factor(0.5);
    auto theta = noise<float>(1, size), same = theta;
    for (std::uint64_t t = 0; t < 5; ++t) {
      fused.step(theta, noise<float>(t, size), {});
      apart.step(same, noise<float>(t, size), {});
    }
    EXPECT_EQ(theta, same);
  }
}

TEST(Chain, WithoutStagesItDescendsAlongTheGradient) {
  auto optimizer = chain(2);
  std::vector<float> theta{1, 2};
  optimizer.step(theta, std::vector<float>{0.5f, -1}, {});
  EXPECT_EQ(theta, (std::vector<float>{0.5f, 3}));
}

TEST(Chain, TheRateFactorScalesTheStep) {
  auto optimizer = chain(1);
  optimizer.set_rate_factor(0.5);
  std::vector<float> theta{0};
  optimizer.step(theta, std::vector<float>{1}, {});
  EXPECT_EQ(theta[0], -0.5f);
}

TEST(Chain, VectorsOfAnotherSizeAreRefused) {
  auto optimizer = chain(2);
  std::vector<float> theta(2), three(3);
  EXPECT_THROW(optimizer.step(theta, three, {}), std::invalid_argument);
  EXPECT_THROW(optimizer.step(three, theta, {}), std::invalid_argument);
}

TEST(Chain, CoupledDecayEntersTheAccumulatorAndDecoupledDoesNot) {
  OptimizerConfig config{.lr = 0.1, .rho = 0.9, .eps = 0.0, .weight_decay = 0.5};
  EXPECT_NEAR(run(config, {1}, 2), 2 - 0.1, 1e-15);  // (g + λθ)/|g + λθ| = 1
  config.decoupled_decay = true;
  EXPECT_NEAR(run(config, {1}, 2), 2 - 0.1 * (1 + 0.5 * 2), 1e-15);
}

TEST(Chain, AscentIsDescentOfTheNegativeGradient) {
  EXPECT_EQ(run({.centered = true, .maximize = true}, {1, -3, 2}), run({.centered = true}, {-1, 3, -2}));
}

TEST(Chain, NewNamesAreRefusedWithTheNearest) {
  try {
    make_optimizer<float>({.recipe = "rmsprob"}, 1);
    FAIL();
  } catch (const core::UsageError& error) {
    EXPECT_STREQ(
        error.what(),
        "no optimizer 'rmsprob': allowed are rmsprop, adagrad, adam, adamw, sgd; did you mean 'rmsprop'?");
  }
  EXPECT_THROW(make_optimizer<float>({.dialect = "torchh"}, 1), core::UsageError);
}

}  // namespace
}  // namespace rhoam::optim
