#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/render/canvas/image.h"
#include "rhoam/tests/render/pictures.h"

namespace rhoam::render {
namespace {

Image speckled(int width, int height) {
  Image image(width, height);
  std::uint32_t value = 0;
  for (auto& pixel : image.pixels()) pixel = 0xff000000 | (value += 0x9e3779);
  return image;
}

TEST(Image, APngHoldsThePixels) {
  const Image image = speckled(7, 5), read = from_png(to_png(image));
  EXPECT_EQ(read.width(), 7);
  EXPECT_EQ(read.height(), 5);
  EXPECT_TRUE(std::ranges::equal(read.pixels(), image.pixels()));
}

TEST(Image, APngThatEndsEarlyIsRefused) {
  const std::string png = to_png(speckled(7, 5));
  for (std::size_t size = 0; size < png.size(); ++size)
    EXPECT_THROW(from_png(png.substr(0, size)), core::CorruptError) << size << " bytes";
}

TEST(Image, APngWithAWrongByteInItsPixelsIsRefused) {
  std::string png = to_png(speckled(7, 5));
  png[png.find("IDAT") + 8] ^= 0x10;
  EXPECT_THROW(from_png(png), core::CorruptError);
}

TEST(Image, AHugePngIsRefusedByItsHeader) {
  std::string png = to_png(speckled(7, 5));
  png[16] = png[20] = 0x40;  // 2^30 pixels and more on each side
  EXPECT_THROW(from_png(png), core::CorruptError);
}

TEST(Image, SidesAreLimited) {
  EXPECT_THROW(Image(0, 1), std::invalid_argument);
  EXPECT_THROW(Image(1, -1), std::invalid_argument);
  EXPECT_THROW(Image(16385, 1), std::invalid_argument);
}

TEST(Image, ShrinkingKeepsTheMemory) {
  Image image(20, 20);
  const auto* const before = image.pixels().data();
  image.resize(10, 10);
  image.resize(20, 20);
  EXPECT_EQ(image.pixels().data(), before);
}

}  // namespace

namespace {

constexpr std::array<Rect, 1> kAll{{{0, 0, 100, 100}}}, kHalfPixel{{{2.5, 0, 10, 10}}};
constexpr std::array<Point, 1> kMiddle{{{10, 10}}}, kBeside{{{12, 10}}};

TEST(ImageCanvas, ClearFillsAllOfTheImage) {
  const Image image = picture(
      3, 2,
      [](ImageCanvas& canvas) {
        canvas.clear({1, 0, 0});
      },
      0.1);
  EXPECT_TRUE(std::ranges::all_of(image.pixels(), [](auto p) { return p == 0xffff0000; }));
}

TEST(ImageCanvas, ScalePixelsMakeOneOfThePicture) {
  const std::array<Rect, 1> unit{{{1, 1, 1, 1}}};
  const Image image = picture(
      10, 10, [&](ImageCanvas& canvas) { canvas.fill(unit, kWhite); }, 3);
  EXPECT_EQ(grey(image, 2, 3), 0);
  EXPECT_EQ(grey(image, 3, 3), 255);
  EXPECT_EQ(grey(image, 5, 5), 255);
  EXPECT_EQ(grey(image, 6, 5), 0);
}

TEST(ImageCanvas, PartsOfAPixelAreNotRounded) {
  const Image image = picture(10, 10, [](ImageCanvas& canvas) { canvas.fill(kHalfPixel, kWhite); });
  EXPECT_NEAR(grey(image, 2, 5), 128, 2);
}

TEST(ImageCanvas, AnImageIsPutDownInItsOwnPixels) {
  const Image stamp = picture(2, 2, [](ImageCanvas& canvas) { canvas.clear(kWhite); });
  const Image image = picture(
      10, 10, [&](ImageCanvas& canvas) { canvas.put(stamp, 4, 5); }, 3);
  EXPECT_EQ(grey(image, 4, 5), 255);
  EXPECT_EQ(grey(image, 5, 6), 255);
  EXPECT_EQ(std::ranges::count(image.pixels(), 0xffffffff), 4);
}

TEST(ImageCanvas, NothingIsPaintedOutsideOfAClip) {
  const Image image = picture(10, 10, [](ImageCanvas& canvas) {
    canvas.clip({2, 3, 4, 5});
    canvas.fill(kAll, kWhite);
  });
  EXPECT_EQ(std::ranges::count(image.pixels(), 0xffffffff), 4 * 5);
}

TEST(ImageCanvas, ClipsNest) {
  const Image image = picture(10, 10, [](ImageCanvas& canvas) {
    canvas.clip({0, 0, 6, 6});
    canvas.clip({4, 4, 6, 6});
    canvas.unclip();
    canvas.fill(kAll, kWhite);
  });
  EXPECT_EQ(std::ranges::count(image.pixels(), 0xffffffff), 6 * 6);
}

TEST(ImageCanvas, WhatOverlapsInAGroupIsNoMoreOpaque) {
  const Image image = picture(30, 30, [](ImageCanvas& canvas) {
    canvas.begin_group();
    canvas.discs(kMiddle, 10, kWhite);
    canvas.discs(kBeside, 10, kWhite);
    canvas.end_group(0.5);
  });
  EXPECT_NEAR(grey(image, 11, 10), 128, 2);
  EXPECT_EQ(grey(image, 7, 10), grey(image, 11, 10));
}

TEST(ImageCanvas, RoundedCornersAreLeftOut) {
  const Image image = picture(20, 20, [](ImageCanvas& canvas) {
    canvas.fill_rounded({0, 0, 20, 20}, 6, kWhite);
  });
  EXPECT_EQ(grey(image, 0, 0), 0);
  EXPECT_EQ(grey(image, 0, 10), 255);
  EXPECT_EQ(grey(image, 10, 19), 255);
}

TEST(ImageCanvas, CornersAreNoRounderThanACircle) {
  const auto disc = [](double radius) {
    return picture(20, 20, [&](ImageCanvas& canvas) { canvas.fill_rounded({5, 5, 10, 10}, radius, kWhite); });
  };
  EXPECT_TRUE(std::ranges::equal(disc(1000).pixels(), disc(5).pixels()));
}

TEST(ImageCanvas, AGlowFadesToItsRim) {
  const Image image = picture(40, 40, [](ImageCanvas& canvas) { canvas.glow({20, 20}, 15, kWhite); });
  EXPECT_GT(grey(image, 20, 20), 240);
  for (int x = 20; x < 34; ++x) EXPECT_GE(grey(image, x, 20), grey(image, x + 1, 20)) << x;
  EXPECT_LE(grey(image, 34, 20), 8);
  EXPECT_EQ(grey(image, 36, 20), 0);
}

TEST(ImageCanvas, SaysWhatCairoRefuses) {
  Image image(10, 10);
  ImageCanvas canvas(image);
  const std::vector<Point> line{{1, 1}, {2, 2}};
  canvas.line(line, {.dashes = {-1}});
  EXPECT_THROW(canvas.finish(), std::runtime_error);
}

}  // namespace

}  // namespace rhoam::render
