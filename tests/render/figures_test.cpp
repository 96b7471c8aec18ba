#include "render/figures.h"

#include <gtest/gtest.h>

#include <limits>

#include "render/lettering.h"

namespace rhoam::render {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Figures, NegativeNumbersHaveAMinusAndNoHyphen) { EXPECT_EQ(figure(-131.44, 1), "−131.4"); }

TEST(Figures, WhatRoundsToZeroHasNoSign) { EXPECT_EQ(figure(-0.04, 1), "0.0"); }

TEST(Figures, WhatIsNotFiniteIsADash) {
  for (const double value : {kNan, kInfinity, -kInfinity}) EXPECT_EQ(figure(value, 1), "–");
}

TEST(Figures, LargeNumbersLoseDecimals) {
  EXPECT_EQ(figure(123456.7, 1), "123457");
  EXPECT_EQ(figure(-1e300, 1), "−1e+300");
}

TEST(Figures, EveryNumberFitsItsColumn) {
  const Font& font = lettering().plain;
  for (double size = 1e-9; size < 1e300; size *= 7.3)
    EXPECT_LE(font.width(figure(-size, 1)), font.width(kWidestFigure)) << size;
}

TEST(Figures, ThousandsStandApart) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(40960), "40,960");
  EXPECT_EQ(grouped(-1234567), "−1,234,567");
  EXPECT_EQ(grouped(std::numeric_limits<std::int64_t>::min()), "−9,223,372,036,854,775,808");
}

TEST(Figures, ShortScalesHaveMoreDecimals) {
  EXPECT_EQ(decimals_on(0, 0.5), 3);
  EXPECT_EQ(decimals_on(-12, 0), 2);
  EXPECT_EQ(decimals_on(0, 500), 1);
  EXPECT_EQ(decimals_on(0, 1e5), 0);
  EXPECT_EQ(decimals_on(-kInfinity, kInfinity), 2);
}

}  // namespace
}  // namespace rhoam::render
