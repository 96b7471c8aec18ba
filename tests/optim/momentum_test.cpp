#include "rhoam/optim/momentum.h"

#include <gtest/gtest.h>

#include "rhoam/core/errors.h"
#include "rhoam/tests/optim/optimize.h"

namespace rhoam::optim {
namespace {

OptimizerConfig sgd(double momentum) { return {.recipe = "sgd", .lr = 0.1, .momentum = momentum}; }

TEST(Trace, HeavyBallSumsPastUpdates) { EXPECT_NEAR(run(sgd(0.5), {1, 2}), -0.1 * (1 + (0.5 + 2)), 1e-15); }

TEST(Trace, ExponentialAverageKeepsTheSizeOfTheStep) {
  auto config = sgd(0.5);
  config.momentum_form = MomentumForm::ema;
  EXPECT_NEAR(run(config, {1, 2}), -0.1 * (0.5 + (0.25 + 1)), 1e-15);
}

TEST(Trace, NesterovLooksAhead) {
  auto config = sgd(0.5);
  config.nesterov = true;
  EXPECT_NEAR(run(config, {1, 2}), -0.1 * ((1 + 0.5) + (2 + 0.5 * 2.5)), 1e-15);
}

TEST(Trace, DampeningSparesTheFirstUpdate) {
  auto config = sgd(0.5);
  config.dampening = 0.2;
  EXPECT_NEAR(run(config, {1, 2}), -0.1 * (1 + (0.5 + 0.8 * 2)), 1e-15);
}

TEST(Trace, VelocityRemembersTheRateOfItsTime) {
  auto config = sgd(0.5);
  config.lr = core::parse_schedule("steps:at=1updates,values=0.1/0.01");
  EXPECT_NEAR(run(config, {1, 2}), -0.1 - 0.01 * (0.5 + 2), 1e-15);
  config.momentum_form = MomentumForm::velocity;
  EXPECT_NEAR(run(config, {1, 2}), -0.1 - (0.5 * 0.1 + 0.01 * 2), 1e-15);
}

TEST(Trace, VelocityScalesDecoupledDecayByTheRate) {
  auto config = sgd(0.5);
  config.weight_decay = 0.3;
  config.decoupled_decay = true;
  const double heavy_ball = run(config, {1, 2, -1}, 5);
  config.momentum_form = MomentumForm::velocity;
  EXPECT_NEAR(run(config, {1, 2, -1}, 5), heavy_ball, 1e-15);
}

TEST(Trace, NesterovWithoutMomentumIsRefused) {
  auto config = sgd(0);
  config.nesterov = true;
  EXPECT_THROW(make_optimizer<float>(config, 1), core::UsageError);
}

}  // namespace
}  // namespace rhoam::optim
