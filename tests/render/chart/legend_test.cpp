#include "rhoam/render/chart/legend.h"

#include <gtest/gtest.h>

namespace rhoam::render {
namespace {

Series line(const std::string& name, double end, double last_x = 1) {
  return {.name = name, .x = {0, last_x}, .y = {0, end}};
}

std::optional<std::vector<EndLabel>> labels(std::vector<Series> series) {
  const Chart chart{.title = "", .series = std::move(series)};
  const auto looks = choose_looks({&chart, 1});
  return end_labels(chart, looks[0], {.plot = {0, 0, 500, 300}, .x = {{0, 1}}, .y = {{0, 1}}}, PanelStyle{});
}

TEST(EndLabels, StandAtTheEndsOfLines) {
  const auto two = labels({line("low", 0.25), line("high", 0.75)});
  ASSERT_TRUE(two);
  EXPECT_EQ((*two)[0].name, "high");
  EXPECT_DOUBLE_EQ((*two)[0].row, 75);
  EXPECT_DOUBLE_EQ((*two)[1].row, 225);
}

TEST(EndLabels, NeighboursMoveApartALittle) {
  const auto two = labels({line("a", 0.50), line("b", 0.53)});
  ASSERT_TRUE(two);
  EXPECT_GE((*two)[1].row - (*two)[0].row, 0.9 * Font(13).line_height());
}

TEST(EndLabels, LinesThatEndTogetherNeedALegend) {
  EXPECT_FALSE(labels({line("a", 0.5), line("b", 0.5), line("c", 0.5)}));
}

TEST(EndLabels, LinesThatEndEarlyNeedALegend) { EXPECT_FALSE(labels({line("a", 0.5), line("b", 0.9, 0.5)})); }

TEST(EndLabels, PointsAndBarsNeedALegend) {
  for (const auto style : {Style::points, Style::bars})
    EXPECT_FALSE(labels({{.name = "a", .x = {1}, .y = {1}, .style = style}}));
}

TEST(EndLabels, TheoryOfTheSameNameIsNotNamedTwice) {
  auto theory = line("a", 0.5);
  theory.style = Style::dashed;
  EXPECT_EQ(labels({line("a", 0.5), theory})->size(), 1u);
}

TEST(EndLabels, AnEmptyLineHasNoEnd) { EXPECT_FALSE(labels({{.name = "a"}})); }

}  // namespace
}  // namespace rhoam::render
