#include "rhoam/render/scene/layout.h"

#include <gtest/gtest.h>

#include <cmath>

namespace rhoam::render {
namespace {

bool overlap(const Rect& a, const Rect& b) {
  constexpr double kPixel = 1;  // scenes are rounded to pixels
  return a.x + kPixel < b.right() && b.x + kPixel < a.right() && a.y + kPixel < b.bottom() &&
         b.y + kPixel < a.bottom();
}

bool is_within(const Rect& inner, const Rect& outer) {
  constexpr double kPixel = 1;
  return inner.x >= outer.x - kPixel && inner.y >= outer.y - kPixel &&
         inner.right() <= outer.right() + kPixel && inner.bottom() <= outer.bottom() + kPixel;
}

std::vector<Rect> parts_of(const PaneLayout& pane) {
  std::vector<Rect> parts{pane.scene};
  if (pane.strip.height > 0) parts.push_back(pane.strip);
  if (pane.cards.height > 0 && !pane.over_scene) parts.push_back(pane.cards);
  return parts;
}

std::vector<Rect> parts_of(const ScreenLayout& layout) {
  std::vector<Rect> parts;
  if (layout.charts.width > 0) parts.push_back(layout.charts);
  for (const auto& pane : layout.panes)
    for (const auto& part : parts_of(pane)) parts.push_back(part);
  return parts;
}

struct Case {
  double width, height;
  Contents contents;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const double width : {320.0, 400.0, 600.0, 960.0, 1200.0, 1920.0, 3840.0})
    for (const double height : {200.0, 400.0, 640.0, 1080.0, 2160.0})
      for (const std::size_t panes : {1, 2, 3, 4, 7, 12})
        for (const bool flag : {false, true})
          for (const bool cards : {false, true})
            all.push_back({width, height, {panes, flag, !flag, flag, cards, flag}});
  return all;
}

TEST(Layout, NothingLiesOnAnythingElseOrOutside) {
  for (const auto& [width, height, contents] : cases()) {
    const auto parts = parts_of(lay_out(width, height, 1, contents));
    for (std::size_t i = 0; i < parts.size(); ++i) {
      EXPECT_TRUE(is_within(parts[i], {0, 0, width, height})) << width << " × " << height;
      for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(overlap(parts[i], parts[j])) << width << " " << height;
    }
  }
}

TEST(Layout, ScenesWithCardsKeepTheirAspect) {
  for (auto [width, height, contents] : cases()) {
    contents.cards = true;
    for (const auto& pane : lay_out(width, height, 1, contents).panes)
      EXPECT_NEAR(pane.scene.width, 1.5 * pane.scene.height, 2.5);
  }
}

TEST(Layout, ABareSceneHasAllTheRoom) {
  const auto layout = lay_out(1200, 800, 1, {.charts = true});
  EXPECT_EQ(layout.panes[0].scene.width, 800);
  EXPECT_EQ(layout.panes[0].scene.height, 800);
}

TEST(Layout, EdgesOfScenesAreWholePixels) {
  const auto layout = lay_out(1001 / 1.25, 777 / 1.25, 1.25, {.panes = 4, .cards = true});
  for (const auto& pane : layout.panes) {
    EXPECT_NEAR(std::remainder(pane.scene.x * 1.25, 1), 0, 1e-9);
    EXPECT_NEAR(std::remainder(pane.scene.bottom() * 1.25, 1), 0, 1e-9);
  }
}

TEST(Layout, ASceneOfTheUsualSizeFillsThePicture) {
  const auto layout = lay_out(600, 400, 1, {.caption = true, .status = true, .cards = true});
  EXPECT_EQ(layout.panes[0].scene.width, 600);
  EXPECT_TRUE(layout.panes[0].over_scene);
}

TEST(Layout, NoCardsLieOverAFullScene) {
  const auto layout = lay_out(600, 400, 1, {.status = true, .cards = true, .full = true});
  EXPECT_FALSE(layout.panes[0].over_scene);
  EXPECT_GT(layout.panes[0].cards.x, layout.panes[0].scene.right());
}

TEST(Layout, BesideChartsTheCardsLieBelowTheScene) {
  const auto layout = lay_out(1200, 800, 1, {.charts = true, .status = true, .cards = true});
  EXPECT_EQ(layout.charts.width, 400);
  EXPECT_EQ(layout.panes[0].scene.width, 800);
  EXPECT_GT(layout.panes[0].cards.y, layout.panes[0].scene.bottom());
}

TEST(Layout, InAWidePictureTheCardsLieBesideTheScene) {
  const auto layout = lay_out(1000, 500, 1, {.cards = true});
  EXPECT_GT(layout.panes[0].cards.x, layout.panes[0].scene.right());
}

TEST(Layout, SmallScenesHaveAStrip) {
  for (const auto& pane : lay_out(1200, 800, 1, {.panes = 12, .cards = true}).panes) {
    EXPECT_GT(pane.strip.height, 0);
    EXPECT_EQ(pane.cards.height, 0);
  }
}

TEST(Layout, ChartsTakeAThirdUpToALimit) {
  EXPECT_EQ(charts_area(1200, 800, 1).width, 400);
  EXPECT_EQ(charts_area(3840, 2160, 1).width, 480);
  EXPECT_EQ(charts_area(3840, 2160, 2).width, 960);
}

TEST(Layout, ChartsAreLeftOutOfANarrowPicture) {
  EXPECT_EQ(charts_area(600, 400, 1).width, 0);
  EXPECT_EQ(lay_out(600, 400, 1, {.charts = true}).worlds.width, 600);
}

TEST(Layout, ChartsAreLeftOutWhereTheirLettersWouldBeTooSmall) {
  EXPECT_GT(charts_area(960, 640, 1).width, 0);
  EXPECT_EQ(charts_area(320, 240, 1 / 3.0).width, 0);
}

TEST(Grid, TwoWorldsStandSideBySide) {
  const auto cells = cells_in({0, 0, 1206, 800}, 2, 6);
  EXPECT_EQ(cells[0].width, 600);
  EXPECT_EQ(cells[1].x, 606);
}

TEST(Grid, InATallRoomTheyStandBelowEachOther) {
  const auto cells = cells_in({0, 0, 600, 806}, 2, 6);
  EXPECT_EQ(cells[1].x, 0);
  EXPECT_EQ(cells[1].y, 406);
}

TEST(Grid, NoWorldsNeedNoCells) { EXPECT_TRUE(cells_in({0, 0, 600, 400}, 0, 6).empty()); }

}  // namespace
}  // namespace rhoam::render
