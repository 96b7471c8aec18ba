#include "render/window_surface.h"

#include <X11/Xlib.h>
#include <cairo-xlib.h>

#include <utility>

namespace rhoam::render {
namespace {

/// Covers the target, which has these proportions to the picture.
void cover(cairo_surface_t* target, const Image& image, double across, double down) {
  const CairoSurface pixels = surface_over(image);
  const CairoContext context(cairo_create(target));
  cairo_t* const cairo = context.get();
  cairo_scale(cairo, across, down);
  cairo_set_source_surface(cairo, pixels.get(), 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
  cairo_set_operator(cairo, CAIRO_OPERATOR_SOURCE);
  cairo_paint(cairo);
  cairo_surface_flush(target);
}

}  // namespace

WindowSurface::WindowSurface(DisplayConnection display, unsigned long window) : display_(std::move(display)) {
  XWindowAttributes is{};
  if (XGetWindowAttributes(display_.get(), window, &is) == 0) throw NoDisplay("it opens no window");
  surface_.reset(cairo_xlib_surface_create(display_.get(), window, is.visual, is.width, is.height));
}

void WindowSurface::show(const Image& image, int width, int height) {
  if (image.width() == width && image.height() == height) return put(image);
  stretched_.resize(width, height);
  cover(surface_over(stretched_).get(), image, static_cast<double>(width) / image.width(),
        static_cast<double>(height) / image.height());
  put(stretched_);
}

void WindowSurface::put(const Image& image) {
  cairo_xlib_surface_set_size(surface_.get(), image.width(), image.height());
  cover(surface_.get(), image, 1, 1);
  XFlush(display_.get());
}

}  // namespace rhoam::render
