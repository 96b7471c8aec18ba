#include "rhoam/render/chart/series_style.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace rhoam::render {
namespace {

bool same(const Color& a, const Color& b) {
  return a.red == b.red && a.green == b.green && a.blue == b.blue && a.alpha == b.alpha;
}

/// Whether a colour is a darker one of another.
bool is_of_the_tone(const Color& dark, const Color& light) {
  const double part = dark.green / light.green;
  return part < 1 && std::abs(dark.red - part * light.red) < 1e-9 &&
         std::abs(dark.blue - part * light.blue) < 1e-9;
}

bool is_grey(const Color& color) { return color.red == color.green && color.green == color.blue; }

Series named(const std::string& name, Style style = Style::line) { return {.name = name, .style = style}; }

TEST(Looks, ANameHasOneColourInAllCharts) {
  const std::vector<Chart> charts{
      {.title = "", .series = {named("a"), named("b")}},
      {.title = "", .series = {named("b", Style::points), named("a", Style::bars)}}};
  const auto looks = choose_looks(charts);
  EXPECT_TRUE(same(looks[0][0].color, looks[1][1].color));
  EXPECT_TRUE(same(looks[0][1].color, looks[1][0].color));
  EXPECT_FALSE(same(looks[0][0].color, looks[0][1].color));
}

TEST(Looks, ANumberInThePaletteComesBeforeNames) {
  Series fixed = named("a");
  fixed.color = 3;
  const std::vector<Chart> charts{{.title = "", .series = {fixed}}, {.title = "", .series = {named("a")}}};
  const auto looks = choose_looks(charts);
  EXPECT_FALSE(same(looks[0][0].color, looks[1][0].color));
  EXPECT_EQ(palette_color(0), "#0072b2");
}

TEST(Looks, NamesOfOneChartTakeWhatTheSharedOnesLeave) {
  const std::vector<Chart> charts{{.title = "", .series = {named("a"), named("both")}},
                                  {.title = "", .series = {named("both"), named("b")}}};
  const auto looks = choose_looks(charts);
  EXPECT_TRUE(same(looks[0][1].color, looks[1][0].color));
  EXPECT_TRUE(same(looks[0][0].color, looks[1][1].color));
}

TEST(Looks, TheoryHasTheColourOfWhatItExplains) {
  const std::vector<Chart> charts{
      {.title = "",
       .series = {named("a"), named("", Style::dashed), named("b"), named("b", Style::dashed),
                  named("a, formula", Style::dashed), named("law", Style::dashed)}}};
  const auto looks = choose_looks(charts)[0];
  EXPECT_TRUE(is_of_the_tone(looks[1].color, looks[0].color));
  EXPECT_TRUE(is_of_the_tone(looks[3].color, looks[2].color));
  EXPECT_TRUE(is_of_the_tone(looks[4].color, looks[0].color));
  EXPECT_TRUE(is_grey(looks[5].color));
  for (const int dashed : {1, 3, 4, 5}) EXPECT_FALSE(looks[dashed].dashes.empty());
}

TEST(Looks, FourteenSeriesCanBeToldApart) {
  Chart chart;
  for (int i = 0; i < 14; ++i) chart.series.push_back(named(std::to_string(i)));
  std::set<std::vector<double>> colours;
  const auto looks = choose_looks({&chart, 1})[0];
  for (const auto& [color, dashes] : looks) colours.insert({color.red, color.green, color.blue});
  EXPECT_EQ(colours.size(), 14u);
}

TEST(Looks, ColoursOfTextAreDarkOnWhite) {
  const Color yellow{0.94, 0.89, 0.26};
  EXPECT_LT(ChartColors{}.legible(yellow).green, 0.5);
  EXPECT_TRUE(same(ChartColors{}.legible(ChartColors{}.text), ChartColors{}.text));
}

TEST(Looks, ColoursAreLightOnBlack) {
  const ChartColors black{.paper = {0, 0, 0}};
  Chart chart;
  for (int i = 0; i < 14; ++i) chart.series.push_back(named(std::to_string(i)));
  const auto looks = choose_looks({&chart, 1}, black)[0];
  for (const auto& look : looks) EXPECT_GT(look.color.luma(), 0.45);
  EXPECT_GT(black.legible({0, 0, 0.5}).luma(), 0.5);
}

}  // namespace
}  // namespace rhoam::render
