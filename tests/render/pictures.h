#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "rhoam/render/canvas/image.h"

namespace rhoam::render {

/// What is painted on black.
template <class Paint>
Image picture(int width, int height, Paint&& paint, double scale = 1) {
  Image image(width, height);
  ImageCanvas canvas(image, scale);
  canvas.clear({0, 0, 0});
  paint(canvas);
  canvas.finish();
  return image;
}

inline std::uint32_t pixel(const Image& image, int x, int y) {
  return image.pixels()[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width()) +
                        static_cast<std::size_t>(x)];
}

/// One channel of a grey pixel, 0 … 255.
inline int grey(const Image& image, int x, int y) { return static_cast<int>(pixel(image, x, y) & 0xff); }

/// The pixel of an opaque colour.
inline std::uint32_t pixel_of(const Color& color) {
  const auto part = [](double value) { return static_cast<std::uint32_t>(std::lround(255 * value)); };
  return 0xff000000 | part(color.red) << 16 | part(color.green) << 8 | part(color.blue);
}

inline bool same(const Image& a, const Image& b) { return std::ranges::equal(a.pixels(), b.pixels()); }

/// Relative luminance of WCAG 2.1.
inline double luminance(const Color& color) {
  const auto linear = [](double part) {
    return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

constexpr Color kWhite{1, 1, 1};
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

}  // namespace rhoam::render
