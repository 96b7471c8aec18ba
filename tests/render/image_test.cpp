#include "render/image.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/errors.h"

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
}  // namespace rhoam::render
