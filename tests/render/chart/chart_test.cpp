#include "rhoam/render/chart/chart.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "rhoam/core/random.h"
#include "rhoam/tests/render/pictures.h"
#include "rhoam/tests/render/svg.h"

namespace rhoam::render {
namespace {

constexpr Style kStyles[] = {Style::line, Style::dashed, Style::points, Style::bars};

Series noisy(const std::string& name, int count, Style style, core::Stream& stream) {
  Series series{.name = name, .style = style};
  for (int i = 0; i < count; ++i) {
    series.x.push_back(i);
    series.y.push_back(stream.uniform());
    series.low.push_back(series.y.back() - 0.3);
    series.high.push_back(series.y.back() + 0.3);
  }
  return series;
}

Chart noisy_chart(int series, int count, Style style) {
  core::Stream stream(1);
  Chart chart{.title = "Noise", .x = {.label = "time, s"}, .y = {.label = "height, m"}};
  for (int i = 0; i < series; ++i)
    chart.series.push_back(noisy("setting " + std::to_string(i), count, style, stream));
  return chart;
}

/// The values over 0, 1, 2 … as values, places and ends of an interval.
Chart chart_of(const std::vector<double>& values, Style style, bool log) {
  Chart chart{.title = "values", .x = {.log = log}, .y = {.log = log}};
  std::vector<double> places;
  for (std::size_t i = 0; i < values.size(); ++i) places.push_back(static_cast<double>(i));
  chart.series = {
      {.name = "y", .x = places, .y = values, .style = style},
      {.name = "x", .x = values, .y = values, .style = style},
      {.name = "interval", .x = places, .y = places, .low = values, .high = places, .style = style}};
  return chart;
}

TEST(Chart, TheSameInputGivesTheSameBytes) {
  const auto charts = std::vector{noisy_chart(3, 50, Style::line), noisy_chart(2, 5, Style::bars)};
  EXPECT_EQ(to_svg("Twice", charts), to_svg("Twice", charts));
}

TEST(Chart, EveryStyleIsAPicture) {
  for (const auto style : kStyles) EXPECT_TRUE(is_well_formed(svg(noisy_chart(3, 20, style))));
}

TEST(Chart, AnyNumbersGiveAPicture) {
  const std::vector<std::vector<double>> hostile{
      {},
      {7},
      {5, 5, 5},
      {kNan},
      {kNan, 1, kNan, 2, kNan},
      {1, kInfinity, 2, -kInfinity, 3},
      {kInfinity, -kInfinity},
      {0, -1, -2},
      {1e-300, 1, 1e300},
      {5e-324, 1e-320},
      {-std::numeric_limits<double>::max(), 0, std::numeric_limits<double>::max()},
      {1, 1 + 1e-15, 1 + 1e-10},
      {1e300, 1e300}};
  for (const auto& values : hostile)
    for (const auto style : kStyles)
      for (const bool log : {false, true})
        EXPECT_TRUE(is_well_formed(svg(chart_of(values, style, log))))
            << testing::PrintToString(values) << " style " << static_cast<int>(style) << " log " << log;
}

TEST(Chart, CategoriesMayBeLongManyOrMissed) {
  for (const int count : {1, 7, 500}) {
    Chart chart = chart_of({1, 2, 1e300}, Style::bars, false);
    chart.x.categories.assign(static_cast<std::size_t>(count), "rather long name of a category");
    EXPECT_TRUE(is_well_formed(svg(chart))) << count;
  }
}

TEST(Chart, AnyTextGivesAPicture) {
  for (const auto& text :
       {std::string("<svg> & \"quotes\""), std::string("\xFF\xC3\0\n", 4), std::string(100'000, 'x')}) {
    const Chart chart{.title = text,
                      .x = {.label = text, .categories = {text, text}},
                      .y = {.label = text},
                      .series = {{.name = text, .x = {0}, .y = {1}}}};
    EXPECT_TRUE(is_well_formed(to_svg(text, {&chart, 1})));
  }
}

TEST(Chart, NoChartsAreAPictureToo) {
  EXPECT_TRUE(is_well_formed(to_svg("Nothing to see", {})));
  EXPECT_TRUE(is_well_formed(to_svg("", std::vector<Chart>(9))));
}

TEST(Chart, VectorsOfDifferentLengthsAreRefused) {
  for (const auto member : {&Series::y, &Series::low, &Series::high}) {
    Chart chart{.title = "t", .series = {{.name = "s", .x = {1, 2}}}};
    chart.series[0].*member = {1, 2, 3};
    EXPECT_THROW(svg(chart), std::invalid_argument);
  }
}

TEST(Chart, SixSeriesOfTwoHundredPointsAreSmall) {
  for (const auto style : {Style::line, Style::dashed, Style::points}) {
    Chart chart = noisy_chart(6, 200, style);
    if (style == Style::points)
      for (auto& series : chart.series) series.low = series.high = {};
    EXPECT_LT(svg(chart).size(), 100'000u) << static_cast<int>(style);
  }
}

TEST(Chart, ManyPointsMakeNoLargerPictureThanCanBeSeen) {
  for (const auto style : {Style::line, Style::bars})
    EXPECT_LT(svg(noisy_chart(1, 200'000, style)).size(), 300'000u) << static_cast<int>(style);
}

/// Whether it holds a translucent area. Cairo 1.16 writes the property in a style, 1.18 as an attribute.
bool has_band(const std::string& svg) {
  return svg.find("fill-opacity:0.2") != svg.npos || svg.find("fill-opacity=\"0.2\"") != svg.npos;
}

TEST(Chart, AnIntervalThatReachesZeroIsDrawnOnALogAxis) {
  Chart chart{.title = "t", .y = {.log = true}};
  chart.series = {{.name = "s", .x = {0, 1}, .y = {1, 2}, .low = {-1, 0}, .high = {3, 4}}};
  EXPECT_TRUE(has_band(svg(chart)));
  chart.series[0].low = chart.series[0].high = {};
  EXPECT_FALSE(has_band(svg(chart)));
}

}  // namespace
}  // namespace rhoam::render
