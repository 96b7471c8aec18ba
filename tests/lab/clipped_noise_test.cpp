#include "rhoam/lab/clipped_noise.h"

#include <gtest/gtest.h>

#include <cmath>

namespace rhoam::lab {
namespace {

TEST(ClippedNoise, WithoutClippingTheLossSolvesItsQuadratic) {
  const ClippedNoise noise{.lr = 0.05, .walk = 0.05};
  const double p = noise.loss(), m = p + 0.0025, k = 0.05 / std::sqrt(1 + m);
  EXPECT_NEAR((1 - k) * (1 - k) * m + k * k, p, 1e-12);
}

TEST(ClippedNoise, AVeryTightLimitCostsWhatSignsCost) {
  const ClippedNoise free{.lr = 0.01, .walk = 0.01}, signs{.limit = 1e-6, .lr = 0.01, .walk = 0.01};
  EXPECT_NEAR(signs.loss() / free.loss(), std::sqrt(std::acos(-1) / 2), 0.01);  // √(π/2) to first order
}

TEST(ClippedNoise, WithoutClippingBurstsCostTheirRootMeanSquare) {
  const ClippedNoise noise{.burst = 1000, .chance = 0.01};
  EXPECT_NEAR(noise.loss() / ClippedNoise{}.loss(), 100, 3);
}

TEST(ClippedNoise, VIsSteadierWithALongerMemoryAndWithClipping) {
  const ClippedNoise noise{.burst = 1000, .chance = 0.01};
  ClippedNoise clipped = noise;
  clipped.limit = 4;
  EXPECT_LT(noise.spread(1000), noise.spread(100));
  EXPECT_LT(clipped.spread(100), noise.spread(100));
}

}  // namespace
}  // namespace rhoam::lab
