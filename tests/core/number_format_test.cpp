#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "rhoam/core/number_format.h"

namespace rhoam::core {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(NumberFormat, NegativeNumbersHaveAMinusAndNoHyphen) { EXPECT_EQ(fixed_text(-131.44, 1), "−131.4"); }

TEST(NumberFormat, WhatRoundsToZeroHasNoSign) { EXPECT_EQ(fixed_text(-0.04, 1), "0.0"); }

TEST(NumberFormat, WhatIsNotFiniteIsADash) {
  for (const double value : {kNan, kInfinity, -kInfinity}) EXPECT_EQ(fixed_text(value, 1), "–");
}

TEST(NumberFormat, LargeNumbersLoseDecimals) {
  EXPECT_EQ(fixed_text(123456.7, 1), "123457");
  EXPECT_EQ(fixed_text(-1e300, 1), "−1e+300");
}

TEST(NumberFormat, ThousandsStandApart) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(40960), "40,960");
  EXPECT_EQ(grouped(-1234567), "−1,234,567");
  EXPECT_EQ(grouped(std::numeric_limits<std::int64_t>::min()), "−9,223,372,036,854,775,808");
}

TEST(NumberFormat, ShortScalesHaveMoreDecimals) {
  EXPECT_EQ(decimals_on(0, 0.5), 3);
  EXPECT_EQ(decimals_on(-12, 0), 2);
  EXPECT_EQ(decimals_on(0, 500), 1);
  EXPECT_EQ(decimals_on(0, 1e5), 0);
  EXPECT_EQ(decimals_on(-kInfinity, kInfinity), 2);
}

}  // namespace
}  // namespace rhoam::core

namespace rhoam::core {
namespace {

TEST(Quantity, AnIntervalHasFiveUnitsOfTheLastDigit) {
  EXPECT_EQ(decimals_for(41), 0);
  EXPECT_EQ(decimals_for(4.1), 1);
  EXPECT_EQ(decimals_for(0.016), 3);
  EXPECT_EQ(decimals_for(1e-30), 6);
}

TEST(Quantity, AColumnHasTheDecimalsOfItsMedianInterval) {
  const std::vector<Estimate> column{{1, {0, 20}}, {1, {0, 0.3}}, {1, {0, 0.2}}, {1, {NAN, NAN}}};
  EXPECT_EQ(decimals_for(column), 2);
}

TEST(Quantity, NumbersHaveAMinusSignAndNoNegativeZero) {
  EXPECT_EQ(number_text(-12.34, 1), "−12.3");
  EXPECT_EQ(number_text(-0.001, 1), "0.0");
  EXPECT_EQ(number_text(NAN, 1), "–");
  EXPECT_EQ(number_text(-1e300, 2), "−1e+300");
}

TEST(Quantity, RoundedTextHasThreeDigitsAtMost) {
  EXPECT_EQ(rounded_text(2.5), "2.5");
  EXPECT_EQ(rounded_text(100), "100");
  EXPECT_EQ(rounded_text(0.12345), "0.123");
  EXPECT_EQ(rounded_text(98.96), "99");
  EXPECT_EQ(rounded_text(0), "0");
}

TEST(Quantity, AnEstimateNamesItsInterval) {
  EXPECT_EQ(estimate_text({312.4, {290.2, 331}}, 0), "312 [290, 331]");
  EXPECT_EQ(estimate_text({1.5, {NAN, NAN}}, 1), "1.5");
}

TEST(Quantity, SmallProbabilitiesAreBounded) {
  EXPECT_EQ(p_text(0.0123), "0.012");
  EXPECT_EQ(p_text(0.00001), "<0.001");
  EXPECT_EQ(p_text(NAN), "–");
}

}  // namespace

}  // namespace rhoam::core
