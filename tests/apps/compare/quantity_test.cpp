#include "apps/compare/quantity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace rhoam::compare {
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
}  // namespace rhoam::compare
