#include "rhoam/envs/draw_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "rhoam/envs/pose.h"

namespace rhoam::envs {
namespace {

constexpr std::array<Spot, 3> kTriangle{{{0, 0}, {2, 0}, {0, 1}}};

std::vector<std::pair<double, double>> points(const DrawList& list, std::size_t shape) {
  std::vector<std::pair<double, double>> pairs;
  for (const Spot& spot : list.points(list.shapes()[shape])) pairs.emplace_back(spot.x, spot.y);
  return pairs;
}

TEST(DrawList, ShapesKeepTheirPointsAndOrder) {
  DrawList list;
  list.polygon(Ink::body, kTriangle);
  list.disc(Ink::joint, {3, 4}, 0.5);
  ASSERT_EQ(list.shapes().size(), 2U);
  EXPECT_THAT(points(list, 0), testing::ElementsAre(std::pair(0, 0), std::pair(2, 0), std::pair(0, 1)));
  EXPECT_THAT(points(list, 1), testing::ElementsAre(std::pair(3, 4)));
  EXPECT_EQ(list.shapes()[1].size, 0.5);
}

TEST(DrawList, ShapesLieInTheLayerInUse) {
  DrawList list;
  list.disc(Ink::joint, {}, 1);
  list.use(Layer::notes);
  list.arrow(Ink::velocity, {}, {1, 1}, 0.1);
  EXPECT_EQ(list.shapes()[0].layer, Layer::scenery);
  EXPECT_EQ(list.shapes()[1].layer, Layer::notes);
}

TEST(DrawList, AnOutlineComesBackToItsFirstPoint) {
  DrawList list;
  list.outline(Ink::body_edge, kTriangle, 0.1);
  EXPECT_EQ(points(list, 0).size(), 4U);
  EXPECT_EQ(points(list, 0).front(), points(list, 0).back());
  EXPECT_EQ(list.shapes()[0].kind, Shape::Kind::line);
}

TEST(DrawList, AnOutlineOfNothingIsNoShape) {
  DrawList list;
  list.outline(Ink::body_edge, {});
  EXPECT_TRUE(list.shapes().empty());
}

TEST(DrawList, EveryTextIsItsOwn) {
  DrawList list;
  list.text(Ink::text, {}, 1, "left");
  list.disc(Ink::joint, {}, 1);
  list.text(Ink::text, {1, 0}, 1, "right");
  EXPECT_EQ(list.text(list.shapes()[0]), "left");
  EXPECT_EQ(list.text(list.shapes()[2]), "right");
}

TEST(DrawList, AClearedOneIsAsNew) {
  DrawList list;
  list.look_at({.left = 1, .bottom = 2, .right = 3, .top = 4, .behind = Ink::space});
  list.use(Layer::notes);
  list.text(Ink::text, {}, 1, "gone");
  list.exhaust({.nozzle = {}, .velocity = {}, .power = 1});
  list.gauge({.name = "wind", .value = 0, .low = -1, .high = 1, .unit = "N"});
  list.part({.name = "legs", .value = 10});
  list.clear();
  EXPECT_EQ(list.view().right, 1);
  EXPECT_EQ(list.view().behind, Ink::sky);
  EXPECT_TRUE(list.shapes().empty() && list.exhausts().empty() && list.gauges().empty() &&
              list.parts().empty());
  list.disc(Ink::joint, {}, 1);
  EXPECT_EQ(list.shapes()[0].layer, Layer::scenery);
}

TEST(Pose, TurnsCounterClockwiseAndThenMoves) {
  const Pose pose{.origin = {10, 20}, .angle = std::acos(0.0)};
  const Spot seen = pose(Spot{2, 1});
  EXPECT_NEAR(seen.x, 9, 1e-12);
  EXPECT_NEAR(seen.y, 22, 1e-12);
  EXPECT_NEAR(pose.turned({1, 0}).y, 1, 1e-12);
}

}  // namespace
}  // namespace rhoam::envs
