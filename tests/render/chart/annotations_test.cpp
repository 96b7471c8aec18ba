#include "rhoam/render/chart/annotations.h"

#include <gtest/gtest.h>

#include "rhoam/tests/render/pictures.h"
#include "rhoam/tests/render/svg.h"

namespace rhoam::render {
namespace {

Chart chart_with(std::vector<Landmark> landmarks) {
  return {.title = "t",
          .x = {.log = true},
          .series = {{.name = "s", .x = {1, 1000}, .y = {1, 2}}},
          .landmarks = std::move(landmarks)};
}

Frame frame_of(const Chart& chart) {
  return {.plot = {0, 0, 600, 300}, .x = x_scale(chart), .y = y_scale(chart)};
}

double svg_height(const Chart& chart) {
  const Font font(13);
  return Landmarks(chart, frame_of(chart), font).height();
}

TEST(Landmarks, NamesThatWouldTouchStandInRows) {
  EXPECT_EQ(svg_height(chart_with({{2, "match"}, {500, "match:optimal"}})),
            svg_height(chart_with({{2, "match"}})));
  EXPECT_GT(svg_height(chart_with({{2, "match"}, {2.1, "match:optimal"}})),
            svg_height(chart_with({{2, "match"}})));
}

TEST(Landmarks, ALineWithoutANameTakesNoRoom) { EXPECT_EQ(svg_height(chart_with({{2, ""}})), 0); }

TEST(Landmarks, ManyNamesTakeLimitedRoom) {
  EXPECT_LT(svg_height(chart_with(std::vector<Landmark>(500, {10, "match"}))), 100);
}

TEST(Landmarks, WidenTheAxis) { EXPECT_GE(x_scale(chart_with({{1e5, "match"}})).extent.high, 5); }

TEST(Landmarks, PlacesThatAreNoneAreLeftOut) {
  EXPECT_EQ(svg_height(chart_with({{kNan, "a"}, {-1, "b"}, {0, "c"}})), 0);
  EXPECT_TRUE(is_well_formed(svg(chart_with({{kInfinity, "a"}, {1e300, "b"}, {1e-300, "c"}}))));
}

TEST(Changes, DoNotWidenTheAxisAndAreNotDrawnOutsideOfIt) {
  Chart chart = chart_with({});
  const std::string without = svg(chart);
  chart.changes = {0, -1, 1e6, kNan, kInfinity};
  EXPECT_EQ(svg(chart), without);
  chart.changes = {10};
  EXPECT_NE(svg(chart), without);
}

TEST(Changes, AreNoMoreThanCanBeSeen) {
  Chart chart = chart_with({});
  for (int i = 0; i < 100'000; ++i) chart.changes.push_back(1 + 0.01 * i);
  EXPECT_LT(svg(chart).size(), 60'000u);
}

TEST(Levels, AreWithinTheAxis) {
  Chart chart = chart_with({});
  chart.levels = {-5};
  EXPECT_LE(y_scale(chart).extent.low, -5);
  EXPECT_TRUE(is_well_formed(svg(chart)));
}

}  // namespace
}  // namespace rhoam::render
