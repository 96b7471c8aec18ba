#include "render/scale.h"

#include <gtest/gtest.h>

#include <cmath>

namespace rhoam::render {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

Extent extent_of(std::initializer_list<double> values) {
  Extent extent;
  for (const double value : values) extent.include(value);
  return extent;
}

TEST(Scale, PositionsAreEvenInTheValueOrItsLogarithm) {
  EXPECT_DOUBLE_EQ((Scale{{10, 30}}.position(15)), 0.25);
  EXPECT_DOUBLE_EQ((Scale{{-2, 2}, true}.position(10)), 0.75);
}

TEST(Scale, WhatHasNoPlaceHasNoPosition) {
  EXPECT_TRUE(std::isnan(Scale{{0, 1}}.position(kNan)));
  EXPECT_TRUE(std::isnan(Scale({0, 1}, true).position(0)));
  EXPECT_TRUE(std::isnan(Scale({0, 1}, true).position(-1)));
}

TEST(Scale, InfinityStandsAtTheEdge) {
  const Scale scale{{-1e300, 1e300}};
  EXPECT_EQ(scale.position(kInfinity), 1);
  EXPECT_EQ(scale.position(-kInfinity), 0);
  EXPECT_EQ(scale.position(std::numeric_limits<double>::max()), 1);
}

TEST(Extent, CountsFiniteCoordinatesOnly) {
  const Extent extent = extent_of({kNan, 3, kInfinity, -1, -kInfinity});
  EXPECT_EQ(extent.low, -1);
  EXPECT_EQ(extent.high, 3);
  EXPECT_TRUE(extent_of({kNan, kInfinity}).empty());
}

TEST(Extent, DistinctEndsCanBeToldApart) {
  for (const double value : {0.0, 5e-324, 1e-320, 1e-300, -3.0, 1e9, 1e300, 1.7e308})
    for (const bool log : {false, true}) {
      const Extent extent = distinct(extent_of({coordinate(value, log)}), log);
      EXPECT_LT(extent.low, extent.high) << value;
      EXPECT_TRUE(std::isfinite(1 / extent.width())) << value;
    }
}

TEST(Extent, DistinctKeepsWhatIsDistinct) {
  const Extent extent = distinct({2, 3}, false);
  EXPECT_EQ(extent.low, 2);
  EXPECT_EQ(extent.high, 3);
}

TEST(Extent, DistinctFillsAnEmptyOne) { EXPECT_EQ(distinct({}, false).width(), 1); }

}  // namespace
}  // namespace rhoam::render
