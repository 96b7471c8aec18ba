#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/render/chart/axis.h"
#include "rhoam/tests/render/pictures.h"

namespace rhoam::render {
namespace {

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
  EXPECT_TRUE(std::isnan(Scale{{0, 1}, true}.position(0)));
  EXPECT_TRUE(std::isnan(Scale{{0, 1}, true}.position(-1)));
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

namespace {

Chart chart_of(Style style, std::vector<double> x, std::vector<double> y) {
  Chart chart;
  chart.series.push_back({.name = "", .x = std::move(x), .y = std::move(y), .style = style});
  return chart;
}

TEST(Frame, LinesFillTheWidth) {
  const Scale x = x_scale(chart_of(Style::line, {3, 7}, {1, 2}));
  EXPECT_EQ(x.extent.low, 3);
  EXPECT_EQ(x.extent.high, 7);
}

TEST(Frame, BarsStandOnZeroAndHaveRoom) {
  const Chart chart = chart_of(Style::bars, {1, 2, 4}, {5, 6, 7});
  EXPECT_EQ(y_scale(chart).extent.low, 0);
  EXPECT_EQ(bar_spacing(chart), 1);
  EXPECT_EQ(x_scale(chart).extent.low, 0.5);
}

TEST(Frame, TheLeastBarOfALogAxisIsSeen) {
  Chart chart = chart_of(Style::bars, {1, 2}, {0.01, 1});
  chart.y.log = true;
  EXPECT_GT(y_scale(chart).position(0.01), 0.05);
}

TEST(Frame, IntervalsAreWithinTheAxis) {
  Chart chart = chart_of(Style::points, {1, 2}, {5, 6});
  chart.series[0].low = {-3, 5};
  chart.series[0].high = {6, 11};
  EXPECT_LE(y_scale(chart).extent.low, -3);
  EXPECT_GE(y_scale(chart).extent.high, 11);
}

TEST(Frame, CategoriesHaveEqualPlaces) {
  Chart chart = chart_of(Style::bars, {0}, {1});
  chart.x = {.log = true, .categories = {"a", "b", "c"}};
  EXPECT_DOUBLE_EQ(x_scale(chart).position(0), 1.0 / 6);
  EXPECT_DOUBLE_EQ(x_scale(chart).position(1), 0.5);
}

TEST(Frame, RowsGrowDownwards) {
  const Frame frame{.plot = {10, 20, 100, 50}, .x = {{0, 1}}, .y = {{0, 1}}};
  EXPECT_EQ(frame.column(0.5), 60);
  EXPECT_EQ(frame.row(1), 20);
  EXPECT_EQ(frame.foot(), 70);
}

}  // namespace

}  // namespace rhoam::render
