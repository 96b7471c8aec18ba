#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rhoam/core/random.h"
#include "rhoam/render/chart/series_painter.h"
#include "rhoam/tests/render/pictures.h"

namespace rhoam::render {
namespace {

std::vector<Slot> slots(Style style, int count, std::vector<std::string> categories) {
  Chart chart{.title = "", .x = {.categories = std::move(categories)}};
  for (int i = 0; i < count; ++i) chart.series.push_back({.name = "", .x = {0}, .y = {1}, .style = style});
  return make_slots(chart, {.plot = {0, 0, 100, 100}, .x = x_scale(chart), .y = y_scale(chart)});
}

TEST(Slots, BarsStandSideBySide) {
  const auto three = slots(Style::bars, 3, {"a", "b"});
  EXPECT_DOUBLE_EQ(three[1].offset, 0);
  EXPECT_DOUBLE_EQ(three[0].offset, -three[0].width);
  EXPECT_DOUBLE_EQ(three[2].offset, three[0].width);
  EXPECT_LT(3 * three[0].width, 1);
}

TEST(Slots, PointsOverCategoriesDoNotHideEachOther) {
  const auto two = slots(Style::points, 2, {"a", "b"});
  EXPECT_LT(two[0].offset, 0);
  EXPECT_EQ(two[0].offset, -two[1].offset);
}

TEST(Slots, PointsOverNumbersStandAtTheirNumber) {
  for (const auto& slot : slots(Style::points, 2, {})) EXPECT_EQ(slot.offset, 0);
}

TEST(Slots, LinesHaveNone) {
  for (const auto& slot : slots(Style::line, 2, {"a"})) EXPECT_EQ(slot.width, 0);
}

}  // namespace

namespace {

using ::testing::ElementsAre;

std::vector<Point> noise(int count, double width) {
  core::Stream stream(1);
  std::vector<Point> points;
  for (int i = 0; i < count; ++i) points.push_back({width * i / count, 100 * stream.uniform()});
  return points;
}

TEST(Polyline, GapsBreakALine) {
  const std::vector<Point> line{{kNan, 0}, {1, 1}, {2, 2}, {3, kNan}, {4, 4}, {kNan, kNan}};
  const auto parts = unbroken(line);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_THAT(parts[0], ElementsAre(Point{1, 1}, Point{2, 2}));
  EXPECT_THAT(parts[1], ElementsAre(Point{4, 4}));
}

TEST(Polyline, AColumnKeepsItsFirstLowestHighestAndLast) {
  const std::vector<Point> line{{0.1, 5}, {0.2, 9}, {0.3, 6}, {0.4, 1}, {0.5, 7}, {1.5, 3}};
  EXPECT_THAT(thinned(line),
              ElementsAre(Point{0.1, 5}, Point{0.2, 9}, Point{0.4, 1}, Point{0.5, 7}, Point{1.5, 3}));
}

TEST(Polyline, APlaceIsVisitedOnce) {
  const std::vector<Point> line{{1, 1}, {1, 1}, {1, 1}};
  EXPECT_THAT(thinned(line), ElementsAre(Point{1, 1}));
}

TEST(Polyline, AMillionPointsBecomeFourForEachPixel) {
  EXPECT_LE(thinned(noise(1'000'000, 600)).size(), 2400u);
}

TEST(Polyline, FewPointsAllRemain) {
  EXPECT_EQ(thinned(noise(200, 600)).size(), 200u);
  EXPECT_EQ(distinct_dots(noise(200, 600)).size(), 200u);
}

TEST(Polyline, DotsOfACrowdAreAsManyAsCanBeSeen) {
  EXPECT_LE(distinct_dots(noise(1'000'000, 600)).size(), 301u * 51u);
}

TEST(Polyline, DotsHaveNoGaps) {
  const std::vector<Point> points{{1, kNan}, {1, 2}, {kNan, 2}};
  EXPECT_THAT(distinct_dots(points), ElementsAre(Point{1, 2}));
}

TEST(Polyline, SegmentsOfOneColumnAreUnited) {
  const std::vector<Segment> segments{{{1.1, 9}, {1.1, 5}}, {{1.9, 8}, {1.9, 2}}, {{2.5, 3}, {2.5, 1}}};
  const auto united = one_for_each_column(segments);
  ASSERT_EQ(united.size(), 2u);
  EXPECT_EQ(united[0].from.y, 9);
  EXPECT_EQ(united[0].to.y, 2);
}

}  // namespace

}  // namespace rhoam::render
