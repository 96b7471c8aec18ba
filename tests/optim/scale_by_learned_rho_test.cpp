#include "rhoam/optim/scale_by_learned_rho.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/optim/scale_by_rms.h"
#include "rhoam/tests/optim/memory_stages.h"

namespace rhoam::optim {
namespace {

/// u after `updates` with the decay of this logit.
std::vector<double> last_step(double logit, int updates) {
  auto optimizer = alone(scale_by_rms<double>({.rho = 1 / (1 + std::exp(-logit))}, 10), 10);
  std::vector<double> step;
  for (int t = 0; t < updates; ++t) step = step_of(optimizer, switching(t, 8, 10));
  return step;
}

TEST(ScaleByLearnedRho, CarriesTheDerivativeOfItsStep) {
  for (const double memory : {3.5, 10.5}) {  // not where the bias correction ends
    const double logit = std::log(memory - 1), h = 1e-5;
    auto optimizer = alone(scale_by_learned_rho<double>({.first_memory = memory, .rate = 0.0}, 10), 10);
    std::vector<double> step, slope(10);
    for (int t = 0; t < 60; ++t) step = step_of(optimizer, switching(t, 8, 10));
    core::Tensors saved;
    optimizer.save(saved, "");
    saved.get("slope_of_step", std::span(slope));
    const auto low = last_step(logit - h, 60), middle = last_step(logit, 60), high = last_step(logit + h, 60);
    for (std::size_t i = 0; i < 10; ++i) {
      EXPECT_NEAR(step[i], middle[i], 1e-12);
      EXPECT_NEAR(slope[i], (high[i] - low[i]) / (2 * h), 1e-7);
    }
  }
}

TEST(ScaleByLearnedRho, TheFirstMoveIsTheRateTowardsTheBetterStep) {
  // After a loud gradient a longer memory has the larger v and makes the smaller step, and a next gradient of
  // the other sign says that the step went too far.
  auto optimizer = alone(scale_by_learned_rho<double>({.first_memory = 1.5, .rate = 0.1}, 1), 1);
  for (const double g : {10.0, 10.0, 1.0, -1.0}) step_of(optimizer, std::vector{g});
  EXPECT_NEAR(std::log(optimizer.memory() - 1), std::log(0.5) + 0.1, 1e-12);
}

TEST(ScaleByLearnedRho, StaysWithinItsMemories) {
  for (const double sign : {-1.0, 1.0}) {
    auto optimizer = alone(scale_by_learned_rho<double>({.rate = 100.0}, 20), 20);
    for (int t = 0; t < 300; ++t) {
      auto gradient = switching(t, 3, 20);
      for (double& g : gradient) g *= t % 2 == 0 ? 1 : sign;
      step_of(optimizer, gradient);
      ASSERT_GE(optimizer.memory(), 1.5 - 1e-9);
      ASSERT_LE(optimizer.memory(), 3000 + 1e-6);
    }
  }
}

TEST(ScaleByLearnedRho, WithRateZeroItIsRmsprop) {
  auto learned = alone(scale_by_learned_rho<double>({.first_memory = 8, .rate = 0.0}, 10), 10);
  auto fixed = alone(scale_by_rms<double>({.rho = 0.875}, 10), 10);
  for (int t = 0; t < 100; ++t) {
    const auto a = step_of(learned, switching(t, 8, 10)), b = step_of(fixed, switching(t, 8, 10));
    for (std::size_t i = 0; i < 10; ++i) EXPECT_NEAR(a[i], b[i], 1e-12);
  }
  EXPECT_NEAR(learned.memory(), 8, 1e-12);
}

TEST(ScaleByLearnedRho, OptionsOutOfRangeAreRefused) {
  for (const double memory : {1.0, 1.4, 3001.0, double(NAN)})
    EXPECT_THROW(scale_by_learned_rho<double>({.first_memory = memory}, 1), core::UsageError) << memory;
  EXPECT_THROW(scale_by_learned_rho<double>({.rate = -0.1}, 1), core::UsageError);
}

}  // namespace
}  // namespace rhoam::optim
