#include "render/window_surface.h"

#include <X11/Xlib.h>
#include <cairo-xlib.h>

#include <utility>

namespace rhoam::render {
namespace {

/// A view of the pixels, which Cairo only reads.
cairo_surface_t* view(const Image& image) {
  auto* const bytes = reinterpret_cast<unsigned char*>(const_cast<std::uint32_t*>(image.pixels().data()));
  return cairo_image_surface_create_for_data(bytes, CAIRO_FORMAT_RGB24, image.width(), image.height(),
                                             4 * image.width());
}

}  // namespace

void WindowSurface::Free::operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }

WindowSurface::WindowSurface(DisplayConnection display, unsigned long window) : display_(std::move(display)) {
  XWindowAttributes is{};
  if (XGetWindowAttributes(display_.get(), window, &is) == 0) refuse_display("it opens no window");
  surface_.reset(cairo_xlib_surface_create(display_.get(), window, is.visual, is.width, is.height));
}

void WindowSurface::show(const Image& image, int width, int height) {
  cairo_xlib_surface_set_size(surface_.get(), width, height);
  const std::unique_ptr<cairo_surface_t, Free> pixels(view(image));
  cairo_t* const cairo = cairo_create(surface_.get());
  cairo_scale(cairo, static_cast<double>(width) / image.width(),
              static_cast<double>(height) / image.height());
  cairo_set_source_surface(cairo, pixels.get(), 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BILINEAR);
  cairo_set_operator(cairo, CAIRO_OPERATOR_SOURCE);
  cairo_paint(cairo);
  cairo_destroy(cairo);
  cairo_surface_flush(surface_.get());
  XFlush(display_.get());
}

}  // namespace rhoam::render
