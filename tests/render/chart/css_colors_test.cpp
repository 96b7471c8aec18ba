#include "rhoam/render/chart/css_colors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>

#include "rhoam/render/canvas/color.h"
#include "rhoam/render/chart/chart.h"
#include "rhoam/tests/render/pictures.h"

namespace rhoam::render {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr int kSeries = 14;

/// By variable.
std::map<std::string, Color> colors_of(const std::string& css) {
  std::map<std::string, Color> colors;
  const std::regex declaration("(--[a-z0-9-]+): #([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2});");
  for (std::sregex_iterator match(css.begin(), css.end(), declaration), end; match != end; ++match) {
    const auto part = [&](int group) { return std::stoi((*match)[group], nullptr, 16) / 255.0; };
    colors[(*match)[1]] = {part(2), part(3), part(4)};
  }
  return colors;
}

/// Degrees.
double hue(const Color& color) {
  return std::atan2(std::sqrt(3.0) * (color.green - color.blue), 2 * color.red - color.green - color.blue) *
         180 / std::acos(-1.0);
}

double turn(double a, double b) { return std::abs(std::remainder(a - b, 360)); }

TEST(CssColors, LightAndDarkDefineTheSameVariables) {
  const auto light = colors_of(css_colors(false)), dark = colors_of(css_colors(true));
  ASSERT_EQ(light.size(), dark.size());
  for (const auto& [name, color] : light) EXPECT_TRUE(dark.contains(name)) << name;
  EXPECT_GT(dark.at("--chart-text").luma(), dark.at("--chart-paper").luma() + 0.5);
}

TEST(CssColors, ASeriesKeepsItsHueOnADarkPage) {
  auto light = colors_of(css_colors(false)), dark = colors_of(css_colors(true));
  for (int i = 0; i < kSeries; ++i)
    for (const char* use : {"", "-text"}) {
      const auto name = css_series(i) + use;
      EXPECT_LT(turn(hue(light[name]), hue(dark[name])), 12) << name;
    }
}

TEST(CssColors, NoSeriesTakesTheColourOfAnother) {
  auto light = colors_of(css_colors(false)), dark = colors_of(css_colors(true));
  for (int i = 0; i < kSeries / 2; ++i) {
    const auto away = [&](int k) { return turn(hue(dark[css_series(i)]), hue(light[css_series(k)])); };
    for (int k = 0; k < kSeries / 2; ++k) {
      if (k == i) continue;
      EXPECT_LT(away(i), away(k)) << css_series(i) << " looks like " << css_series(k);
    }
  }
}

TEST(CssColors, EverySeriesStandsOutFromADarkPage) {
  auto dark = colors_of(css_colors(true));
  const double paper = luminance(dark["--chart-paper"]) + 0.05;
  for (int i = 0; i < kSeries; ++i)
    EXPECT_GT((luminance(dark[css_series(i)]) + 0.05) / paper, 3) << css_series(i);
}

TEST(CssColors, APictureHasNoColourOfItsOwn) {
  Chart chart{.title = "t", .x = {.label = "x"}, .y = {.label = "y"}};
  for (int i = 0; i < kSeries; ++i)
    chart.series.push_back(
        {.name = "s" + std::to_string(i), .x = {1, 2}, .y = {1.0 + i, 2.0 + i}, .low = {0, 1}, .color = i});
  chart.series.push_back({.name = "dots", .x = {1, 2}, .y = {3, 3}, .style = Style::points, .color = 0});
  chart.changes = {1.5};
  chart.landmarks = {{1.2, "here"}};
  chart.levels = {2};
  const auto svg = with_css_colors(to_svg("", {&chart, 1}));
  EXPECT_THAT(svg, Not(HasSubstr("rgb(")));
  for (int i = 0; i < kSeries; ++i) EXPECT_THAT(svg, HasSubstr("var(" + css_series(i) + ")"));
}

TEST(CssColors, ReadsWhatEveryCairoWrites) {
  EXPECT_EQ(with_css_colors("a:rgb(100%,100%,100%);b"), "a:var(--chart-paper);b");
  EXPECT_EQ(with_css_colors("fill=\"rgb(0%, 44.7%, 69.8%)\""), "fill=\"var(--series-0)\"");
  EXPECT_EQ(with_css_colors("rgb(1%,2%,3%) rgb(x)"), "rgb(1%,2%,3%) rgb(x)");
}

}  // namespace
}  // namespace rhoam::render
