#include "rhoam/optim/scale_by_rms.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/tests/optim/optimize.h"

namespace rhoam::optim {
namespace {

TEST(ScaleByRms, UncorrectedTheFirstStepIsLrOverRootOneMinusRho) {
  const auto theta = first_step({.dialect = "torch", .lr = 0.01, .rho = 0.99, .eps = 0.0}, {3.0, -1e-3});
  EXPECT_NEAR(theta[0], -0.01 / std::sqrt(0.01), 1e-12);
  EXPECT_NEAR(theta[1], 0.01 / std::sqrt(0.01), 1e-12);
}

TEST(ScaleByRms, CorrectedTheFirstStepIsLr) {
  for (const auto correction : {BiasCorrection::capped, BiasCorrection::debiased}) {
    const auto theta =
        first_step({.lr = 0.01, .rho = 0.99, .eps = 0.0, .bias_correction = correction}, {3.0, -1e-3});
    EXPECT_NEAR(theta[0], -0.01, 1e-14);
    EXPECT_NEAR(theta[1], 0.01, 1e-14);
  }
}

TEST(ScaleByRms, CappedRhoAveragesTheFirstGradientsEqually) {
  // v₂ = (1 + 9)/2 while 1 − 1/2 < ρ.
  const double theta = run({.lr = 1.0, .rho = 0.99, .eps = 0.0}, {1.0, 3.0});
  EXPECT_NEAR(theta, -1 - 3 / std::sqrt(5.0), 1e-14);
}

TEST(ScaleByRms, DebiasedAveragesByTheWeightsOfTheDecay) {
  // v̂₂ = (0.1·0.9·1 + 0.1·9)/(1 − 0.81)
  const double theta =
      run({.lr = 1.0, .rho = 0.9, .eps = 0.0, .bias_correction = BiasCorrection::debiased}, {1.0, 3.0});
  EXPECT_NEAR(theta, -1 - 3 / std::sqrt(0.99 / 0.19), 1e-13);
}

TEST(ScaleByRms, EpsilonStandsWhereTheDialectPutsIt) {
  OptimizerConfig config{.dialect = "torch", .lr = 1.0, .rho = 0.0, .eps = 0.5};
  EXPECT_NEAR(run(config, {2.0}), -2.0 / (2.0 + 0.5), 1e-15);
  config.eps_place = EpsPlace::inside;
  EXPECT_NEAR(run(config, {2.0}), -2.0 / std::sqrt(4.0 + 0.5), 1e-15);
}

TEST(ScaleByRms, TensorFlowStartsAtOne) {
  EXPECT_NEAR(run({.dialect = "tf1", .lr = 1.0, .rho = 0.9, .eps = 0.0}, {2.0}), -2.0 / std::sqrt(0.9 + 0.4),
              1e-14);
}

TEST(ScaleByRms, EveryDialectHasTheDefaultsOfItsLibrary) {
  // From v₀ = 0 and g = 1: v = 1 − ρ (tf1: 1; rhoam: 1).
  const auto step = [](const char* dialect) { return -run({.dialect = dialect, .lr = 1.0}, {1.0}); };
  EXPECT_NEAR(step("rhoam"), 1 / (1 + 1e-8), 1e-13);
  EXPECT_NEAR(step("torch"), 1 / (0.1 + 1e-8), 1e-13);
  EXPECT_NEAR(step("tf1"), 1 / std::sqrt(1 + 1e-10), 1e-13);
  EXPECT_NEAR(step("keras"), 1 / (std::sqrt(0.1) + 1e-7), 1e-13);
  EXPECT_NEAR(step("optax"), 1 / std::sqrt(0.1 + 1e-8), 1e-13);
  EXPECT_NEAR(step("hinton"), 1 / std::sqrt(0.1), 1e-13);
}

TEST(ScaleByRms, CenteredDividesByTheDeviation) {
  // Capped weights of ½: v = 5, ḡ = 2, variance 1.
  const double second = run({.lr = 1.0, .rho = 0.99, .eps = 0.0, .centered = true}, {1.0, 3.0}) -
                        run({.lr = 1.0, .rho = 0.99, .eps = 0.0, .centered = true}, {1.0});
  EXPECT_NEAR(second, -3.0, 1e-14);
}

TEST(ScaleByRms, CenteredNeverGoesNaNOnConstantGradients) {
  for (const double rho : {0.0, 0.5, 0.9, 0.99, 0.999})
    for (const auto correction : {BiasCorrection::none, BiasCorrection::capped, BiasCorrection::debiased})
      for (const float gradient : {0.1f, 1.0f / 3, 1e-20f, 12345.678f}) {
        const auto optimizer = make_optimizer<float>(
            {.rho = rho, .eps = 0.0, .bias_correction = correction, .centered = true}, 1);
        float theta = 0;
        for (int t = 0; t < 3000; ++t) optimizer->step({&theta, 1}, {&gradient, 1}, {});
        EXPECT_FALSE(std::isnan(theta)) << rho << " " << gradient;
      }
}

TEST(ScaleByRms, ANaNGradientStaysVisible) {
  const double theta = run({.centered = true}, {1.0, NAN});
  EXPECT_TRUE(std::isnan(theta));
}

TEST(ScaleByRms, RhoMayFollowASchedule) {
  auto config = OptimizerConfig{.dialect = "torch", .lr = 1.0, .eps = 0.0};
  config.rho = core::parse_schedule("steps:at=1updates,values=0/0.75");
  // Second update: v = 0.75·1 + 0.25·9.
  EXPECT_NEAR(run(config, {1.0, 3.0}), -1 - 3 / std::sqrt(3.0), 1e-14);
}

TEST(ScaleByRms, ValuesOutOfRangeAreRefusedWithTheRange) {
  for (const double rho : {1.0, -0.1, 2.0})
    EXPECT_THROW(make_optimizer<float>({.rho = rho}, 1), core::UsageError) << rho;
  EXPECT_THROW(make_optimizer<float>({.eps = -1e-8}, 1), core::UsageError);
  EXPECT_THROW(make_optimizer<float>({.first_v = -1.0}, 1), core::UsageError);
  try {
    make_optimizer<float>({.rho = 1.5}, 1);
  } catch (const core::UsageError& error) {
    EXPECT_STREQ(error.what(), "rho 1.5 is out of range: at least 0, below 1");
  }
}

/// |Δθ| of one more step with this gradient.
double step_size(Optimizer<double>& optimizer, double gradient) {
  double theta = 0;
  optimizer.step({&theta, 1}, {&gradient, 1}, {});
  return std::abs(theta);
}

TEST(ScaleByRms, AForgottenVIsLearnedAsFromTheStart) {
  for (const char* recipe : {"rmsprop", "adam", "adagrad"}) {
    const auto used = make_optimizer<double>({.recipe = recipe, .lr = 1.0, .beta1 = 0.0}, 1);
    for (int t = 0; t < 5; ++t) step_size(*used, 1e6);
    EXPECT_LT(step_size(*used, 1), 1e-4) << recipe;
    used->rescale_v(0);
    EXPECT_NEAR(step_size(*used, 1), 1, 1e-6) << recipe;
  }
}

TEST(ScaleByRms, ARescaledVChangesTheStepByTheRoot) {
  const OptimizerConfig config{.lr = 1.0, .rho = 0.999, .eps = 0.0};
  const auto plain = make_optimizer<double>(config, 1), rescaled = make_optimizer<double>(config, 1);
  for (int t = 0; t < 2000; ++t) step_size(*plain, 1), step_size(*rescaled, 1);
  rescaled->rescale_v(100);
  EXPECT_NEAR(step_size(*rescaled, 10), step_size(*plain, 1), 1e-9);
}

TEST(ScaleByRms, MemoryGrowsWithTheUpdatesUntilItIsFull) {
  const auto optimizer = make_optimizer<double>({.rho = rho_of_memory(3)}, 1);
  for (const double memory : {1.0, 2.0, 3.0, 3.0}) {
    step_size(*optimizer, 1);
    EXPECT_NEAR(optimizer->memory(), memory, 1e-12);
  }
  EXPECT_TRUE(std::isnan(make_optimizer<double>({.recipe = "sgd"}, 1)->memory()));
}

void expect_root_and_rate_of_the_first_step(const OptimizerConfig& config) {
  const auto optimizer = make_optimizer<double>(config, 2);
  std::vector<double> theta(2), root(2), rate(2);
  optimizer->step(theta, std::vector<double>{3, -4}, {});
  ASSERT_TRUE(optimizer->inspect(root, rate)) << config.recipe;
  EXPECT_NEAR(root[1], 4, 1e-12) << config.recipe;
  EXPECT_NEAR(rate[1], 0.1 / (4 + 1), 1e-12) << config.recipe;
  EXPECT_NEAR(theta[1], rate[1] * 4, 1e-12) << config.recipe;
}

TEST(ScaleByRms, InspectionShowsRootAndEffectiveRate) {
  for (const char* recipe : {"rmsprop", "adam", "adagrad"})
    expect_root_and_rate_of_the_first_step({.recipe = recipe, .lr = 0.1, .eps = 1.0, .beta1 = 0.0});
}

TEST(ScaleByRms, InspectionKnowsALearningRateThatStandsBeforeTheMomentum) {
  expect_root_and_rate_of_the_first_step(
      {.lr = 0.1, .eps = 1.0, .momentum = 0.5, .momentum_form = MomentumForm::velocity});
}

}  // namespace
}  // namespace rhoam::optim
