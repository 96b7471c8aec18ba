#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rhoam/render/canvas/canvas.h"

namespace rhoam::render {

/// A picture in memory, rows from top to bottom without gaps, each pixel 0xAARRGGBB with AA = 0xff.
class Image {
 public:
  static constexpr int kLargestSide = 16384;

  Image() = default;
  Image(int width, int height) { resize(width, height); }

  int width() const { return width_; }
  int height() const { return height_; }
  std::span<const std::uint32_t> pixels() const { return pixels_; }
  std::span<std::uint32_t> pixels() { return pixels_; }
  /// Changes the size, leaving the content unspecified; allocates nothing if it was as large before. Throws
  /// std::invalid_argument if a side is not 1 … 16384.
  void resize(int width, int height);

 private:
  int width_ = 0, height_ = 0;
  std::vector<std::uint32_t> pixels_;
};

/// The picture as a PNG file.
std::string to_png(const Image& image);

/// The picture in a PNG file of 8 bits per channel. Throws CorruptError if it is not one, or is larger than
/// 16384 on a side.
Image from_png(const std::string& bytes);

/// Paints into an image, which must outlive the canvas and keep its size. Lengths are those of a picture at
/// scale 1; `scale` pixels of the image make one pixel of it.
class ImageCanvas final : public Canvas {
 public:
  /// What is painted. In a chart, vertical and horizontal lines fill whole pixels (in a moving scene they
  /// would jerk), and edges are antialiased less finely, which takes a third of the time for a line of a
  /// thousand points.
  enum class Subject { scene, chart };
  explicit ImageCanvas(Image& image, double scale = 1, Subject subject = Subject::scene);

  /// Fills the whole image.
  void clear(Color color);
  /// Copies an image without scaling; `left` and `top` are its corner in pixels of this image.
  void put(const Image& image, int left, int top);
  /// Must be called last. Throws std::runtime_error with Cairo's reason if something could not be painted.
  void finish();
};

}  // namespace rhoam::render
