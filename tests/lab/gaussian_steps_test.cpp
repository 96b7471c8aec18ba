#include "rhoam/lab/gaussian_steps.h"

#include <gtest/gtest.h>

#include <cmath>

namespace rhoam::lab {
namespace {

TEST(GaussianSteps, WithoutMemoryAreTheMeanSign) {
  for (const double mean : {0.01, 0.5, 1.0, 3.0})
    EXPECT_NEAR(mean_step(0, mean), std::erf(mean / std::sqrt(2.0)), 1e-9);
}

TEST(GaussianSteps, WithALongMemoryDivideByTheRootMeanSquare) {
  for (const double mean : {0.1, 1.0, 10.0})
    EXPECT_NEAR(mean_step(0.99999, mean), mean / std::hypot(1, mean), 1e-5);
}

TEST(GaussianSteps, CenteredWithALongMemoryDivideByTheDeviation) {
  EXPECT_NEAR(mean_centered_step(0.99999, 3), 3, 3e-5);
}

// Next order in 1/n: E[s²] = 1 − Σw² and Var s² = 2Σw², with Σw² = (1 − ρ)/(1 + ρ).
TEST(GaussianSteps, CenteredAreLongerByThreeHalvesOfTheSquaredWeights) {
  const double rho = 0.999, squares = (1 - rho) / (1 + rho);
  EXPECT_NEAR(mean_centered_step(rho, 1), 1 + squares / 2 + 0.75 * squares, 1e-6);
}

TEST(GaussianSteps, CenteredWithoutMemoryAreThePlainOnes) {
  EXPECT_EQ(mean_centered_step(0, 3), mean_step(0, 3));
}

}  // namespace
}  // namespace rhoam::lab
