#include "apps/watch/readout.h"

#include <gtest/gtest.h>

#include <limits>

namespace rhoam::watch {
namespace {

TEST(Readout, HasThreeDigits) {
  EXPECT_EQ(readout(487.3), "487");
  EXPECT_EQ(readout(16.84), "16.8");
  EXPECT_EQ(readout(-1.5), "−1.50");
  EXPECT_EQ(readout(0.0056), "0.00560");
}

TEST(Readout, OfATinyNumberHasAPowerOfTen) {
  EXPECT_EQ(readout(3.2e-6), "3·10⁻⁶");
  EXPECT_EQ(readout(-3.2e-6), "−3·10⁻⁶");
}

TEST(Readout, OfAnyNumberIsShort) {
  for (const double value :
       {0.0, 5e-324, 1e300, -1e300, 999.99, 0.00099999, std::numeric_limits<double>::infinity(),
        std::numeric_limits<double>::quiet_NaN()})
    EXPECT_LT(readout(value).size(), 20u) << value;
}

TEST(Readout, OfRhoTellsTheMemory) {
  EXPECT_EQ(rho_readout(0.9), "ρ 0.90");
  EXPECT_EQ(rho_readout(0.9900000002235174), "ρ 0.990");
  EXPECT_EQ(rho_readout(1 - 1.0 / 3000), "ρ 0.99967");
  EXPECT_EQ(rho_readout(0), "ρ 0.0");
}

}  // namespace
}  // namespace rhoam::watch
