#include "rhoam/render/canvas/image.h"

#include <cstring>
#include <stdexcept>
#include <string_view>

#include "rhoam/core/errors.h"
#include "rhoam/render/canvas/cairo.h"

namespace rhoam::render {
namespace {

cairo_status_t take(void* text, unsigned char* bytes, unsigned count) {
  auto& rest = *static_cast<std::span<const char>*>(text);
  if (rest.size() < count) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(bytes, rest.data(), count);
  rest = rest.subspan(count);
  return CAIRO_STATUS_SUCCESS;
}

/// Width or height in a PNG's header, which comes first in the file.
std::uint32_t big_endian(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (const char byte : std::string_view(bytes).substr(at, 4))
    value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

/// Checked before a library allocates the memory that the header asks for.
bool is_too_large(const std::string& png) {
  constexpr std::size_t kWidth = 16, kHeight = 20, kEnd = 24;
  constexpr std::uint32_t kLargest = Image::kLargestSide;
  return png.size() >= kEnd && (big_endian(png, kWidth) > kLargest || big_endian(png, kHeight) > kLargest);
}

}  // namespace

void Image::resize(int width, int height) {
  if (width < 1 || height < 1 || width > kLargestSide || height > kLargestSide)
    throw std::invalid_argument("an image of " + std::to_string(width) + " × " + std::to_string(height) +
                                " pixels");
  width_ = width;
  height_ = height;
  pixels_.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
}

std::string to_png(const Image& image) {
  std::string png;
  if (const auto status =
          cairo_surface_write_to_png_stream(surface_over(image).get(), append_to_string, &png);
      status != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error(std::string("cannot write a PNG image: ") + cairo_status_to_string(status));
  return png;
}

Image from_png(const std::string& bytes) {
  if (is_too_large(bytes)) throw core::CorruptError("the PNG image is too large");
  std::span<const char> rest(bytes);
  const CairoSurface surface(cairo_image_surface_create_from_png_stream(take, &rest));
  const auto format = cairo_image_surface_get_format(surface.get());
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS ||
      (format != CAIRO_FORMAT_RGB24 && format != CAIRO_FORMAT_ARGB32))
    throw core::CorruptError("this is no PNG image of 8 bits per channel");
  const int width = cairo_image_surface_get_width(surface.get());
  const int height = cairo_image_surface_get_height(surface.get());
  Image image(width, height);
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
  const unsigned char* const data = cairo_image_surface_get_data(surface.get());
  const auto columns = static_cast<std::size_t>(width);
  for (std::size_t row = 0; row < static_cast<std::size_t>(height); ++row)
    std::memcpy(image.pixels().data() + row * columns, data + row * stride, columns * 4);
  for (auto& pixel : image.pixels()) pixel |= 0xff000000;
  return image;
}

namespace {

constexpr double kNoGrid = 0;  // slow motion would jerk

}  // namespace

ImageCanvas::ImageCanvas(Image& image, double scale, Subject subject) : Canvas(surface_over(image), kNoGrid) {
  cairo_scale(cairo(), scale, scale);
  if (subject == Subject::scene) return;
  cairo_set_antialias(cairo(), CAIRO_ANTIALIAS_FAST);
  fill_whole_pixels(1 / scale);
}

void ImageCanvas::clear(Color color) {
  use(color.with_alpha(1));
  cairo_paint(cairo());
}

void ImageCanvas::put(const Image& image, int left, int top) {
  cairo_save(cairo());
  cairo_identity_matrix(cairo());
  cairo_set_source_surface(cairo(), surface_over(image).get(), left, top);
  cairo_paint(cairo());
  cairo_restore(cairo());
}

void ImageCanvas::finish() {
  cairo_surface_flush(surface());
  check();
}

}  // namespace rhoam::render
