#include "rhoam/optim/scale_by_factored_rms.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/tests/optim/memory_stages.h"

namespace rhoam::optim {
namespace {

TEST(ScaleByFactoredRms, TheFirstStepIsTheSignOfTheGradient) {
  auto optimizer = alone(scale_by_factored_rms<double>({.eps = 0.0}, 3), 3);
  const auto step = step_of(optimizer, {3, -1e-3, 50});
  EXPECT_NEAR(step[0], 1, 1e-14);
  EXPECT_NEAR(step[1], -1, 1e-14);
  EXPECT_NEAR(step[2], 1, 1e-14);
}

TEST(ScaleByFactoredRms, TheSecondStepByHand) {
  // S₁ = (1 + 9)/2 = 5, u₁ = 1/5, 9/5. Then g = (2, 3): w = (½, 9/5), S₂ = (5 + 5·1.3·1.15)/2 from
  // mean g²/(S₁w) = (0.8/0.5 + 1)/2 = 1.3 and mean w = 1.15; u₂ = ½(u₁ + g²/S₂).
  auto optimizer = alone(scale_by_factored_rms<double>({.eps = 0.0}, 2), 2);
  step_of(optimizer, {1, 3});
  const auto step = step_of(optimizer, {2, 3});
  const double scale = (5 + 5 * 1.3 * 1.15) / 2;
  EXPECT_NEAR(step[0], 2 / std::sqrt(scale * (0.2 + 4 / scale) / 2), 1e-14);
  EXPECT_NEAR(step[1], 3 / std::sqrt(scale * (1.8 + 9 / scale) / 2), 1e-14);
}

/// Root mean square of the steps in updates 30 … 50 after the gradient of the first `changed` of 100
/// parameters has become 100 times smaller.
double step_after_change(std::size_t changed) {
  auto optimizer = alone(scale_by_factored_rms<double>({}, 100), 100);
  double sum = 0;
  for (int t = 0; t < 1050; ++t) {
    auto gradient = switching(t, 1000000, 100);
    for (std::size_t i = 0; t >= 1000 && i < changed; ++i) gradient[i] /= 100;
    const auto step = step_of(optimizer, gradient);
    for (std::size_t i = 0; t >= 1030 && i < changed; ++i) sum += step[i] * step[i];
  }
  return std::sqrt(sum / 20 / static_cast<double>(changed));
}

TEST(ScaleByFactoredRms, FollowsAScaleThatAllShareAndNotOneOfAFew) {
  EXPECT_NEAR(step_after_change(100), 1, 0.25);
  EXPECT_LT(step_after_change(20), 0.1);
}

TEST(ScaleByFactoredRms, AParameterThatWakesDoesNotStopTheOthers) {
  auto optimizer = alone(scale_by_factored_rms<double>({}, 1000), 1000);
  double after = 0;
  for (int t = 0; t <= 6000; ++t) {
    auto gradient = switching(t, 1000000, 1000);
    if (t > 100 && t < 6000) gradient[0] = 0;
    after = std::abs(step_of(optimizer, gradient)[1] / gradient[1]);
  }
  EXPECT_NEAR(after * 10, 1, 0.3);
}

TEST(ScaleByFactoredRms, ScaleAndSharesDoNotDriftApart) {
  auto optimizer = alone(scale_by_factored_rms<double>({}, 20), 20);
  for (int t = 0; t < 20000; ++t) {
    auto gradient = switching(t, 1000000, 20);
    std::fill_n(gradient.begin(), 10, 0.0);
    step_of(optimizer, gradient);
  }
  core::Tensors saved;
  optimizer.save(saved, "");
  double scale = 0;
  saved.get("scale", std::span(&scale, 1));
  EXPECT_GT(scale, 1);
  EXPECT_LT(scale, 1000);
}

TEST(ScaleByFactoredRms, TheMemoryIsThatOfTheScale) {
  auto optimizer = alone(scale_by_factored_rms<double>({.scale_memory = 4}, 2), 2);
  for (int t = 0; t < 10; ++t) step_of(optimizer, switching(t, 5, 2));
  EXPECT_NEAR(optimizer.memory(), 4, 1e-12);
}

TEST(ScaleByFactoredRms, MemoriesBelowOneAreRefused) {
  EXPECT_THROW(scale_by_factored_rms<double>({.scale_memory = 0.9}, 1), core::UsageError);
  EXPECT_THROW(scale_by_factored_rms<double>({.shape_memory = NAN}, 1), core::UsageError);
}

}  // namespace
}  // namespace rhoam::optim
