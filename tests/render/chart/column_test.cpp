#include "rhoam/render/chart/column.h"
#include "rhoam/tests/render/pictures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace rhoam::render {
namespace {

constexpr ChartColors kBlack{.paper = {0, 0, 0},
                             .text = {1, 1, 1},
                             .quiet = {0.6, 0.6, 0.6},
                             .axis = {0.2, 0.2, 0.2},
                             .tick = {0.2, 0.2, 0.2},
                             .grid = {0.2, 0.2, 0.2},
                             .change = ChartColors{}.change.with_alpha(0.5),
                             .landmark = {0, 1, 1}};

Chart chart_of(std::vector<double> x, std::vector<double> y) {
  return {.title = "Return",
          .x = {.label = "steps"},
          .series = {{.name = "a", .x = std::move(x), .y = std::move(y)}}};
}

Image painted(std::span<const Chart> charts, int width = 400, int height = 400, double scale = 1) {
  Image image(width, height);
  paint_charts(image, scale, charts, kBlack);
  return image;
}
Image painted(const Chart& chart) { return painted({&chart, 1}); }

/// The intensities of red, green and blue of a pixel, summed.
int light(const Image& image, int column, int row) {
  const std::uint32_t pixel = image.pixels()[static_cast<std::size_t>(row * image.width() + column)];
  return static_cast<int>((pixel >> 16 & 0xff) + (pixel >> 8 & 0xff) + (pixel & 0xff));
}

/// Whether a pixel has a hue, which lines have and words, numbers and grids have not.
bool is_hued(std::uint32_t pixel) {
  const auto [least, most] = std::minmax({pixel >> 16 & 0xff, pixel >> 8 & 0xff, pixel & 0xff});
  return most - least > 60;
}

/// The columns of the image in whose lower half something with a hue stands.
std::pair<int, int> hued_columns(const Image& image) {
  int first = image.width(), last = -1;
  for (int row = image.height() / 2; row < image.height(); ++row)
    for (int column = 0; column < image.width(); ++column)
      if (is_hued(image.pixels()[static_cast<std::size_t>(row * image.width() + column)]))
        first = std::min(first, column), last = std::max(last, column);
  return {first, last};
}

TEST(ChartColumn, AnImageWithoutChartsIsPaper) {
  const Image image = painted(std::span<const Chart>{});
  EXPECT_TRUE(std::ranges::all_of(image.pixels(), [](std::uint32_t pixel) { return pixel == 0xff000000; }));
}

TEST(ChartColumn, TheSameChartsGiveTheSamePixels) {
  const Chart chart = chart_of({0, 1, 2}, {3, 5, 4});
  EXPECT_TRUE(same(painted(chart), painted(chart)));
}

TEST(ChartColumn, AChartWithoutValuesShowsItsMessage) {
  Chart chart = chart_of({0, 1}, {kNan, kNan});
  const Image silent = painted(chart);
  chart.message = "no looks";
  EXPECT_FALSE(same(painted(chart), silent));
}

TEST(ChartColumn, AChartWithValuesShowsNoMessage) {
  Chart chart = chart_of({0, 1}, {1, 2});
  const Image silent = painted(chart);
  chart.message = "no looks";
  EXPECT_TRUE(same(painted(chart), silent));
}

TEST(ChartColumn, NeighboursShareTheExtentOfTheirX) {
  const Chart all = chart_of({0, 100}, {1, 2}), half = chart_of({0, 50}, {1, 2});
  const auto [first, last] = hued_columns(painted(std::vector{all, all}));
  const auto [half_first, half_last] = hued_columns(painted(std::vector{all, half}));
  EXPECT_EQ(half_first, first);
  EXPECT_NEAR(half_last, (first + last) / 2.0, 3);
}

TEST(ChartColumn, OtherAxesKeepTheirOwnExtent) {
  const Chart all = chart_of({0, 100}, {1, 2});
  Chart half = chart_of({0, 50}, {1, 2});
  half.x.label = "updates";
  EXPECT_EQ(hued_columns(painted(std::vector{all, half})).second,
            hued_columns(painted(std::vector{all, all})).second);
}

TEST(ChartColumn, WhatDoesNotFitIsLeftOutFromTheEnd) {
  const Chart chart = chart_of({0, 1}, {1, 2});
  const std::vector<Chart> many(100, chart);
  const Image all = painted(many, 300, 400);
  int fits = 0;
  for (std::size_t count = 2; count < 20; ++count)
    fits += same(all, painted(std::span(many).first(count), 300, 400));
  EXPECT_GT(fits, 1);
}

TEST(ChartColumn, NestedBandsAreStrongerInside) {
  Chart chart = chart_of({0, 1}, {kNan, kNan});
  chart.series[0] = {.name = "v", .x = {0, 1}, .y = {5, 5}, .low = {0, 0}, .high = {9, 9}};
  chart.series.push_back({.name = "", .x = {0, 1}, .low = {3, 3}, .high = {7, 7}});
  const Image image = painted(chart);
  std::vector<int> lights;
  for (int row = 60; row < 340; ++row) lights.push_back(light(image, 203, row));
  std::ranges::sort(lights);
  lights.erase(std::unique(lights.begin(), lights.end()), lights.end());
  EXPECT_GE(lights.size(), 4u);  // paper, outer band, inner band, line
}

TEST(ChartColumn, ImagesOfAnySizeArePainted) {
  const std::vector<Chart> charts(3, chart_of({0, 1, 2}, {3, 5, 4}));
  for (const auto& [width, height] : {std::pair{1, 1}, {16384, 1}, {1, 16384}, {130, 50}, {3000, 300}})
    for (const double scale : {0.25, 1.0, 3.0}) EXPECT_NO_THROW(painted(charts, width, height, scale));
}

TEST(ChartColumn, AnyNumbersArePainted) {
  const std::vector<std::vector<double>> hostile{{},
                                                 {7},
                                                 {kNan},
                                                 {kInfinity, -kInfinity},
                                                 {0, -1, -2},
                                                 {1e-300, 1, 1e300},
                                                 {5e-324, 1e-320},
                                                 {1e300, 1e300}};
  for (const auto& values : hostile)
    for (const bool log : {false, true}) {
      Chart chart = chart_of(values, values);
      chart.x.log = chart.y.log = log;
      chart.changes = values;
      chart.landmarks = {{kNan, "now"}};
      EXPECT_NO_THROW(painted(chart));
    }
}

TEST(ChartColumn, SeriesOfUnequalLengthsAreRefused) {
  EXPECT_THROW(painted(chart_of({0, 1, 2}, {1})), std::invalid_argument);
}

}  // namespace
}  // namespace rhoam::render
