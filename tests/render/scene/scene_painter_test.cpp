#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>

#include "rhoam/render/scene/scene_painter.h"
#include "rhoam/tests/render/pictures.h"

namespace rhoam::render {
namespace {

constexpr envs::DrawList::View kView{.left = -2, .bottom = 1, .right = 4, .top = 5};  // 6 × 4 around (1, 3)

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

namespace {

using envs::Ink;
using envs::Layer;
using envs::Spot;

constexpr Rect kWhole{0, 0, 60, 40};

/// A world of 60 × 40 units, so that one is a pixel.
envs::DrawList world() {
  envs::DrawList list;
  list.look_at({.left = 0, .bottom = 0, .right = 60, .top = 40});
  return list;
}

constexpr std::array<Spot, 4> box(double left, double bottom, double right, double top) {
  return {{{left, bottom}, {right, bottom}, {right, top}, {left, top}}};
}

const Theme& light() { return find_theme("light"); }
std::uint32_t pixel_of(Ink ink) { return render::pixel_of(light().of(ink)); }

Image painted(const envs::DrawList& list, const Rect& into = kWhole, bool notes = true) {
  const envs::DrawList* const newest = &list;
  return picture(60, 40, [&](ImageCanvas& canvas) {
    paint_scene(canvas, into, {.recent = {&newest, 1}, .notes = notes}, light());
  });
}

Image haunted(const envs::DrawList& list, const envs::DrawList& ghost) {
  const envs::DrawList *const newest = &list, *const ghosts = &ghost;
  return picture(60, 40, [&](ImageCanvas& canvas) {
    paint_scene(canvas, kWhole, {.recent = {&newest, 1}}, light());
    paint_ghost(canvas, kWhole, {.recent = {&ghosts, 1}}, light().accent, light());
  });
}

TEST(Scene, YGrowsUpwards) {
  auto list = world();
  list.polygon(Ink::body, box(0, 0, 60, 10));
  const Image image = painted(list);
  EXPECT_EQ(pixel(image, 30, 35), pixel_of(Ink::body));
  EXPECT_EQ(pixel(image, 30, 5), pixel_of(Ink::sky));
}

TEST(Scene, WhatIsBehindFillsTheRoomAround) {
  envs::DrawList list;
  list.look_at({.right = 10, .top = 40, .behind = Ink::space});
  const Image image = painted(list);
  EXPECT_TRUE(std::ranges::all_of(image.pixels(), [](auto p) { return p == pixel_of(Ink::space); }));
}

TEST(Scene, NothingIsPaintedOutsideOfTheRectangle) {
  auto list = world();
  list.polygon(Ink::body, box(-100, -100, 200, 200));
  const Image image = painted(list, {10, 10, 30, 20});
  EXPECT_EQ(std::ranges::count(image.pixels(), pixel_of(Ink::body)), 30 * 20);
}

TEST(Scene, NoScenePaintsNothing) {
  const Image image = picture(60, 40, [](ImageCanvas& canvas) {
    paint_scene(canvas, kWhole, {}, light());
    paint_ghost(canvas, kWhole, {}, light().accent, light());
  });
  EXPECT_TRUE(std::ranges::all_of(image.pixels(), [](auto p) { return p == 0xff000000; }));
}

TEST(Scene, NotesCanBeHidden) {
  auto list = world();
  list.use(Layer::notes);
  list.polygon(Ink::velocity, box(10, 10, 20, 20));
  EXPECT_EQ(pixel(painted(list), 15, 25), pixel_of(Ink::velocity));
  EXPECT_EQ(pixel(painted(list, kWhole, false), 15, 25), pixel_of(Ink::sky));
}

TEST(Scene, TheThinnestLineIsAPixelWide) {
  auto list = world();
  list.line(Ink::body, std::array<Spot, 2>{{{0, 20.5}, {60, 20.5}}});
  EXPECT_EQ(std::ranges::count(painted(list).pixels(), pixel_of(Ink::body)), 60);
}

TEST(Scene, ALineIsAsWideAsInTheWorld) {
  auto list = world();
  list.line(Ink::body, std::array<Spot, 2>{{{0, 20}, {60, 20}}}, 4);
  EXPECT_EQ(std::ranges::count(painted(list).pixels(), pixel_of(Ink::body)), 60 * 4);
}

TEST(Scene, AnArrowHasItsHeadAtItsEnd) {
  auto list = world();
  list.arrow(Ink::thrust, {10, 20}, {50, 20}, 2);
  const Image image = painted(list);
  EXPECT_EQ(pixel(image, 43, 18), pixel_of(Ink::thrust));
  EXPECT_EQ(pixel(image, 15, 18), pixel_of(Ink::sky));
  EXPECT_EQ(pixel(image, 15, 20), pixel_of(Ink::thrust));
}

TEST(Scene, AnArrowAroundZeroIsNotThere) {
  auto list = world();
  list.arrow(Ink::thrust, {10, 20}, {12, 20}, 2);
  EXPECT_TRUE(same(painted(list), painted(world())));
}

TEST(Scene, TextIsCentred) {
  auto list = world();
  list.text(Ink::text, {30, 20}, 16, "O");
  const Image image = painted(list);
  EXPECT_EQ(pixel(image, 30, 20), pixel_of(Ink::sky));  // inside of the letter
  EXPECT_NE(pixel(image, 25, 20), pixel_of(Ink::sky));
  EXPECT_NE(pixel(image, 35, 20), pixel_of(Ink::sky));
}

TEST(Scene, WhatHasNoPlaceIsLeftOut) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  auto list = world();
  list.polygon(Ink::body, box(0, 0, kNone, 10));
  list.line(Ink::body, std::array<Spot, 2>{{{0, kNone}, {60, 20}}});
  list.disc(Ink::body, {30, 20}, kNone);
  list.arrow(Ink::body, {kNone, 0}, {30, 20}, 2);
  list.text(Ink::body, {30, kNone}, 10, "lost");
  list.exhaust({.nozzle = {30, 20}, .velocity = {kNone, 0}, .power = 1});
  EXPECT_TRUE(std::ranges::all_of(painted(list).pixels(), [](auto p) { return p != pixel_of(Ink::body); }));
}

TEST(Scene, HugeSizesFinish) {
  auto list = world();
  list.disc(Ink::body, {30, 20}, 1e300);
  list.line(Ink::body, box(-1e300, 0, 1e300, 20), 1e300);
  list.text(Ink::text, {30, 20}, 1e300, "W");
  list.arrow(Ink::thrust, {-1e300, 0}, {1e300, 0}, 1e300);
  EXPECT_FALSE(same(painted(list), painted(world())));
}

TEST(Scene, FlamesLieBehindShapes) {
  auto list = world();
  list.exhaust({.nozzle = {30, 30}, .velocity = {0, -200}, .power = 1});
  const Image burning = painted(list);
  list.polygon(Ink::ground, box(0, 0, 60, 40));
  EXPECT_NE(pixel(burning, 30, 11), pixel_of(Ink::sky));
  EXPECT_EQ(pixel(painted(list), 30, 11), pixel_of(Ink::ground));
}

TEST(Ghost, LeavesSceneryAndNotesAlone) {
  auto ghost = world();
  ghost.polygon(Ink::ground, box(0, 0, 60, 40));
  ghost.use(Layer::notes);
  ghost.polygon(Ink::velocity, box(0, 0, 60, 40));
  EXPECT_TRUE(same(haunted(world(), ghost), painted(world())));
}

TEST(Ghost, IsPalerThanWhatActs) {
  auto ghost = world();
  ghost.use(Layer::actors);
  ghost.polygon(Ink::body, box(10, 10, 30, 30));
  const Image image = haunted(world(), ghost);
  const auto tinted = light().of(Ink::body).mixed(light().accent, 0.6);
  EXPECT_NEAR(grey(image, 20, 20), 255 * light().of(Ink::sky).mixed(tinted, 0.45).blue, 1);
  EXPECT_EQ(pixel(image, 5, 20), pixel_of(Ink::sky));
}

TEST(Ghost, IsOneWhole) {
  auto ghost = world();
  ghost.use(Layer::actors);
  ghost.polygon(Ink::body, box(10, 10, 30, 30));
  const Image once = haunted(world(), ghost);
  ghost.polygon(Ink::body, box(15, 15, 25, 25));
  EXPECT_TRUE(same(haunted(world(), ghost), once));
}

TEST(Ghost, IsNotCutOffAtItsEdges) {
  auto ghost = world();
  ghost.use(Layer::actors);
  ghost.disc(Ink::body, {30, 20}, 10);
  const Image image = haunted(world(), ghost);
  for (const int x : {21, 38}) EXPECT_NE(pixel(image, x, 20), pixel_of(Ink::sky)) << x;
}

}  // namespace

}  // namespace rhoam::render
