#include "rhoam/render/scene/hud_painter.h"
#include "rhoam/core/number_format.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "rhoam/tests/render/pictures.h"

namespace rhoam::render {
namespace {

constexpr Track kTrack{{10, 10, 100, 10}, -1, 1};

TEST(Track, ValuesLieInProportion) {
  EXPECT_DOUBLE_EQ(kTrack.column(-1), 10);
  EXPECT_DOUBLE_EQ(kTrack.column(0), 60);
  EXPECT_DOUBLE_EQ(kTrack.column(0.5), 85);
}

TEST(Track, ValuesBeyondTheScaleAreHeldAtItsEnds) {
  EXPECT_DOUBLE_EQ(kTrack.column(-kInfinity), 10);
  EXPECT_DOUBLE_EQ(kTrack.column(1e300), 110);
}

TEST(Track, WithoutAScaleNothingHasAPlace) {
  EXPECT_TRUE(std::isnan(kTrack.column(kNan)));
  for (const double high : {-1.0, -2.0, kInfinity, kNan})
    EXPECT_TRUE(std::isnan((Track{kTrack.room, -1, high}).column(0))) << high;
}

TEST(Track, ASpanGoesEitherWay) {
  const auto image = [](double from, double to) {
    return picture(120, 30, [&](Canvas& canvas) { paint_span(canvas, kTrack, from, to, kWhite); });
  };
  const Image forwards = image(0, 0.5), backwards = image(0.5, 0);
  EXPECT_TRUE(std::ranges::equal(forwards.pixels(), backwards.pixels()));
  EXPECT_EQ(grey(forwards, 70, 15), 255);
  EXPECT_EQ(grey(forwards, 50, 15), 0);
  EXPECT_EQ(grey(forwards, 95, 15), 0);
}

TEST(Track, WhatHasNoPlaceIsNotPainted) {
  const Image image = picture(120, 30, [](Canvas& canvas) {
    paint_span(canvas, kTrack, 0, kNan, kWhite);
    paint_tick(canvas, kTrack, kNan, 2, {.color = kWhite});
    paint_dot(canvas, kTrack, kNan, 5, kWhite);
  });
  EXPECT_TRUE(std::ranges::all_of(image.pixels(), [](std::uint32_t each) { return each == 0xff000000; }));
}

TEST(HudPainter, EveryNumberFitsItsColumn) {
  const Font& font = lettering().plain;
  for (double size = 1e-9; size < 1e300; size *= 7.3)
    EXPECT_LE(font.width(core::fixed_text(-size, 1)), font.width(core::kWidestNumber)) << size;
}

}  // namespace
}  // namespace rhoam::render
