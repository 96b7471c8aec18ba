#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace rhoam::render {

/// A picture in memory, rows from above without gaps, each pixel 0xAARRGGBB with AA = 0xff.
class Image {
 public:
  static constexpr int kLargestSide = 16384;

  Image() = default;
  Image(int width, int height) { resize(width, height); }

  int width() const { return width_; }
  int height() const { return height_; }
  std::span<const std::uint32_t> pixels() const { return pixels_; }
  std::span<std::uint32_t> pixels() { return pixels_; }
  /// Another size, with unspecified content; takes no memory when it has been as large before. Throws
  /// std::invalid_argument when a side is not 1 … 16384.
  void resize(int width, int height);

 private:
  int width_ = 0, height_ = 0;
  std::vector<std::uint32_t> pixels_;
};

/// The picture as a PNG file.
std::string to_png(const Image& image);

/// The picture in a PNG file of 8 bits per channel. Throws CorruptError when it is none, or larger than 16384
/// on a side.
Image from_png(const std::string& bytes);

}  // namespace rhoam::render
