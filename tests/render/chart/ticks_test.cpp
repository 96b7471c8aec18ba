#include "rhoam/render/chart/ticks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace rhoam::render {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> labels(const Ticks& ticks) {
  std::vector<std::string> all;
  for (const auto& tick : ticks.labelled) all.push_back(tick.label);
  return all;
}

std::vector<std::string> linear(double low, double high, int max_count = 5) {
  return labels(make_ticks({low, high}, false, max_count));
}

/// Labels between values, not coordinates.
std::vector<std::string> log(double low, double high, int max_count = 7) {
  return labels(make_ticks({std::log10(low), std::log10(high)}, true, max_count));
}

TEST(Ticks, StepsAreOneTwoOrFiveTimesAPowerOfTen) {
  EXPECT_THAT(linear(0, 1), ElementsAre("0", "0.2", "0.4", "0.6", "0.8", "1.0"));
  EXPECT_THAT(linear(0, 10, 10), ElementsAre("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10"));
  EXPECT_THAT(linear(0.3, 2.6), ElementsAre("0.5", "1.0", "1.5", "2.0", "2.5"));
}

TEST(Ticks, LieWithinTheExtent) { EXPECT_THAT(linear(-0.9, 1.9, 3), ElementsAre("0", "1")); }

TEST(Ticks, NegativeNumbersHaveAMinusSign) { EXPECT_THAT(linear(-2, 0, 3), ElementsAre("−2", "−1", "0")); }

TEST(Ticks, LabelsOfLargeAndSmallNumbersAreShort) {
  EXPECT_THAT(linear(0, 1e6, 3), ElementsAre("0", "0.5M", "1.0M"));
  EXPECT_THAT(linear(0, 2e4, 4), ElementsAre("0", "5k", "10k", "15k", "20k"));
  EXPECT_THAT(linear(0, 4e9, 4), ElementsAre("0", "1·10⁹", "2·10⁹", "3·10⁹", "4·10⁹"));
  EXPECT_THAT(linear(0, 2e-7, 4), ElementsAre("0", "0.5·10⁻⁷", "1.0·10⁻⁷", "1.5·10⁻⁷", "2.0·10⁻⁷"));
}

TEST(Ticks, NumbersThatDifferLateKeepTheDigitsThatTellThemApart) {
  EXPECT_THAT(linear(1, 1 + 2e-10, 4), ElementsAre("1.00000000000", "1.00000000005", "1.00000000010",
                                                   "1.00000000015", "1.00000000020"));
}

TEST(Ticks, LogAxesShowPowersOfTen) {
  EXPECT_THAT(log(1e-3, 1), ElementsAre("10⁻³", "10⁻²", "10⁻¹", "10⁰"));
  EXPECT_THAT(log(0.1, 1000), ElementsAre("0.1", "1", "10", "100", "1000"));
}

TEST(Ticks, LongLogAxesLeavePowersOut) {
  EXPECT_THAT(log(1e-300, 1e300),
              ElementsAre("10⁻³⁰⁰", "10⁻²⁰⁰", "10⁻¹⁰⁰", "10⁰", "10¹⁰⁰", "10²⁰⁰", "10³⁰⁰"));
}

TEST(Ticks, ShortLogAxesShowTwosAndFives) {
  EXPECT_THAT(log(2, 50), ElementsAre("2", "5", "10", "20", "50"));
  EXPECT_THAT(log(2e-5, 5e-5), ElementsAre("2·10⁻⁵", "5·10⁻⁵"));
}

TEST(Ticks, EveryMultipleOfAPowerIsAMinorTick) {
  const auto minor = make_ticks({0, 2}, true, 7).minor;
  EXPECT_EQ(minor.size(), 19u);
  EXPECT_DOUBLE_EQ(minor[1], std::log10(2));
}

TEST(Ticks, RoundedExtentsEndAtTicks) {
  for (const double low : {-1e300, -7.3, -1e-9, 0.0, 1e-9, 3.0})
    for (const double width : {1e-9, 0.77, 5.9, 6.0, 13.9, 1e300})
      for (const int count : {1, 3, 5, 7, 10}) {
        const Extent extent = rounded(distinct({low, low + width}, false), false, count);
        const auto ticks = make_ticks(extent, false, count).labelled;
        ASSERT_GE(ticks.size(), 2u) << low << ' ' << width;
        const double slack = 1e-3 * extent.width();
        EXPECT_NEAR(ticks.front().at, extent.low, slack) << low << ' ' << width;
        EXPECT_NEAR(ticks.back().at, extent.high, slack) << low << ' ' << width;
      }
}

TEST(Ticks, RoundedLogExtentsEndAtOneTwoOrFive) {
  const Extent extent = rounded({std::log10(0.0012), std::log10(3.3)}, true, 7);
  EXPECT_DOUBLE_EQ(extent.low, -3);
  EXPECT_DOUBLE_EQ(extent.high, std::log10(5));
}

TEST(Ticks, RoundingIsDoneOnce) {
  const Extent once = rounded({std::log10(0.5), std::log10(200)}, true, 7);
  EXPECT_DOUBLE_EQ(once.low, std::log10(0.5));
  EXPECT_DOUBLE_EQ(once.high, std::log10(200));
}

}  // namespace
}  // namespace rhoam::render
