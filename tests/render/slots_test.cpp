#include "render/slots.h"

#include <gtest/gtest.h>

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
}  // namespace rhoam::render
