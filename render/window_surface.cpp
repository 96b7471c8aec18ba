#include "render/window_surface.h"

#include <X11/Xlib.h>
#include <cairo-xlib.h>

#include <utility>

namespace rhoam::render {
namespace {

using Surface = std::unique_ptr<cairo_surface_t, FreeSurface>;

/// The pixels as Cairo sees them. Where they are shown, it only reads.
Surface view(const Image& image) {
  auto* const bytes = reinterpret_cast<unsigned char*>(const_cast<std::uint32_t*>(image.pixels().data()));
  return Surface(cairo_image_surface_create_for_data(bytes, CAIRO_FORMAT_RGB24, image.width(), image.height(),
                                                     4 * image.width()));
}

/// Covers the target, which has these proportions to the picture.
void cover(cairo_surface_t* target, const Image& image, double across, double down) {
  const Surface pixels = view(image);
  cairo_t* const cairo = cairo_create(target);
  cairo_scale(cairo, across, down);
  cairo_set_source_surface(cairo, pixels.get(), 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
  cairo_set_operator(cairo, CAIRO_OPERATOR_SOURCE);
  cairo_paint(cairo);
  cairo_destroy(cairo);
  cairo_surface_flush(target);
}

}  // namespace

void FreeSurface::operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }

WindowSurface::WindowSurface(DisplayConnection display, unsigned long window) : display_(std::move(display)) {
  XWindowAttributes is{};
  if (XGetWindowAttributes(display_.get(), window, &is) == 0) refuse_display("it opens no window");
  surface_.reset(cairo_xlib_surface_create(display_.get(), window, is.visual, is.width, is.height));
}

void WindowSurface::show(const Image& image, int width, int height) {
  if (image.width() == width && image.height() == height) return put(image);
  stretched_.resize(width, height);
  cover(view(stretched_).get(), image, static_cast<double>(width) / image.width(),
        static_cast<double>(height) / image.height());
  put(stretched_);
}

void WindowSurface::put(const Image& image) {
  cairo_xlib_surface_set_size(surface_.get(), image.width(), image.height());
  cover(surface_.get(), image, 1, 1);
  XFlush(display_.get());
}

}  // namespace rhoam::render
