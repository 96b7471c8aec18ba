#include "rhoam/lab/tracking.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/core/statistics.h"
#include "rhoam/optim/dual.h"
#include "rhoam/optim/recipes.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

using optim::DriftKind;

MakeOptimizer rmsprop(double memory) {
  return [=](double lr, std::size_t size) {
    return optim::make_optimizer<double>({.lr = lr, .rho = optim::rho_of_memory(memory), .eps = 0.0}, size);
  };
}

double mean_regret(const TrackingTask& task, double memory) {
  const MakeOptimizer optimizers[] = {rmsprop(memory)};
  double sum = 0;
  for (int seed = 0; seed < 6; ++seed) sum += tracking_regrets(task, seed, optimizers)[0] / 6;
  return sum;
}

TEST(Tracking, RegretIsThatOfAnEarlierSimulation) {
  const TrackingTask task{.drift = {DriftKind::telegraph, 100, std::log(10)}, .updates = 4000};
  EXPECT_NEAR(mean_regret(task, 1), 1.28, 0.03);
  EXPECT_NEAR(mean_regret(task, 4), 1.072, 0.02);
  EXPECT_NEAR(mean_regret(task, 32), 1.29, 0.04);
}

TEST(Tracking, HeavyTailsReward) {
  const TrackingTask task{
      .drift = {DriftKind::telegraph, 300, std::log(10)}, .noise = heavy_tailed(15, 0.02), .updates = 4000};
  EXPECT_NEAR(mean_regret(task, 3), 0.936, 0.02);
}

TEST(Tracking, NoiseHasVarianceOneAndTheKurtosisOfTheTask) {
  TrackingWorld world({.noise = heavy_tailed(15, 0.02), .walk = 0}, 1);
  core::RunningMoments squares;
  for (int t = 0; t < 50000; ++t) {
    world.advance();
    for (std::size_t i = 0; i < world.size(); ++i) {
      const double z = world.seen_distance(0.0, i);
      squares.add(z * z);
    }
  }
  EXPECT_NEAR(squares.mean(), 1, 0.02);
  EXPECT_NEAR(squares.variance() + 1, 15, 0.7);
}

TEST(Tracking, GrowthWithoutEndOnlyRescales) {
  const TrackingTask task{.drift = {DriftKind::growth, 10, std::log(10)}, .updates = 4000};  // up to e^900
  EXPECT_NEAR(mean_regret(task, 8), 1.04, 0.02);
}

TEST(Tracking, OnlyTheNoiseDriftsWhenToldSo) {
  TrackingWorld world({.drift = {DriftKind::sine, 4, 2}, .drifting = Drifting::noise, .walk = 0}, 1);
  TrackingWorld calm({.drift = {DriftKind::sine, 4, 0}, .walk = 0}, 1);
  world.advance();  // x = A·sin(π/2)
  calm.advance();
  EXPECT_DOUBLE_EQ(world.scale(3), calm.scale(3));
  EXPECT_DOUBLE_EQ(world.seen_distance(0.0, 3), std::exp(1) * calm.seen_distance(0.0, 3));
}

TEST(Tracking, AnUnrolledRunIsThatOfTheOptimizer) {
  const TrackingTask task{.drift = {DriftKind::telegraph, 30, 2}, .dimension = 5, .updates = 200};
  const double rho = 0.9, eps = 0.01;
  std::vector<Learner> learners;
  learners.push_back({optim::make_optimizer<double>({.lr = 0.05, .rho = rho, .eps = eps}, task.dimension)});
  const double loss = tracking_losses(task, 3, learners)[0];
  EXPECT_NEAR(unrolled_loss(task, 3, 0.05, std::log(rho / (1 - rho)), std::log(eps)) / loss, 1, 1e-12);
}

TEST(Tracking, DualsDifferentiateAnUnrolledRun) {
  using Dual = optim::Dual<double, 2>;
  const TrackingTask task{.drift = {DriftKind::telegraph, 30, 2}, .dimension = 5, .updates = 200};
  const auto loss = [&](double x, double y) { return unrolled_loss(task, 1, 0.05, x, y); };
  const double x = 2.03, y = -3, h = 1e-5;
  const Dual slope = unrolled_loss(task, 1, 0.05, Dual::input(x, 0), Dual::input(y, 1));
  EXPECT_NEAR(slope.value / loss(x, y), 1, 1e-12);
  EXPECT_NEAR(slope.d[0] / ((loss(x + h, y) - loss(x - h, y)) / (2 * h)), 1, 1e-6);
  EXPECT_NEAR(slope.d[1] / ((loss(x, y + h) - loss(x, y - h)) / (2 * h)), 1, 1e-6);
}

TEST(Tracking, EachCoordinateCanHaveAScaleOfItsOwn) {
  TrackingWorld world({.drift = {DriftKind::ou, 10, 1}, .shared = false, .dimension = 2}, 1);
  world.advance();
  EXPECT_NE(world.scale(0) / 0.1, world.scale(1) / 10);
}

TEST(Tracking, AKurtosisThatNormalsCannotMakeIsRefused) {
  for (const double kurtosis : {1.0, 301.0}) EXPECT_THROW(heavy_tailed(kurtosis), core::UsageError);
}

}  // namespace
}  // namespace rhoam::lab
