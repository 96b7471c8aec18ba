#include "render/frame.h"

#include <gtest/gtest.h>

#include <cmath>

namespace rhoam::render {
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
