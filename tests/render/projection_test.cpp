#include "render/projection.h"

#include <gtest/gtest.h>

#include <limits>

namespace rhoam::render {
namespace {

constexpr envs::DrawList::View kView{.left = -2, .bottom = 1, .right = 4, .top = 5};  // 6 × 4 around (1, 3)
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Projection, TheViewFillsARectangleOfItsShape) {
  const Projection project(kView, {10, 20, 600, 400});
  EXPECT_EQ(project({-2, 5}), (Point{10, 20}));
  EXPECT_EQ(project({4, 1}), (Point{610, 420}));
}

TEST(Projection, AWideRectangleHasRoomOnBothSides) {
  const Projection project(kView, {0, 0, 1000, 400});
  EXPECT_EQ(project.scale(), 100);
  EXPECT_EQ(project({-2, 5}), (Point{200, 0}));
}

TEST(Projection, AHighRectangleHasRoomAboveAndBelow) {
  const Projection project(kView, {0, 0, 600, 1000});
  EXPECT_EQ(project.scale(), 100);
  EXPECT_EQ(project({-2, 5}), (Point{0, 300}));
}

TEST(Projection, AViewWithoutExtentIsOneUnitLarge) {
  const Projection project({.left = 3, .bottom = 7, .right = 3, .top = 7}, {0, 0, 200, 100});
  EXPECT_EQ(project.scale(), 100);
  EXPECT_EQ(project({3, 7}), (Point{100, 50}));
}

TEST(Projection, AViewOfNoNumbersIsStillFinite) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Projection project({.left = nan, .bottom = -kInfinity, .right = 1, .top = kInfinity}, {0, 0, 9, 9});
  EXPECT_EQ(project.scale(), 9);
  EXPECT_FALSE(project({0, 0}).is_gap());
}

TEST(Projection, FarPlacesAreDrawnIn) {
  const Projection project(kView, {0, 0, 600, 400});
  EXPECT_EQ(project({1e300, -kInfinity}), (Point{1e5, 1e5}));
}

TEST(Projection, WhatIsNoPlaceStaysNone) {
  const Projection project(kView, {0, 0, 600, 400});
  EXPECT_TRUE(project({std::numeric_limits<double>::quiet_NaN(), 0}).is_gap());
}

}  // namespace
}  // namespace rhoam::render
