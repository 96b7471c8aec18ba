#include "render/image_canvas.h"

namespace rhoam::render {
namespace {

constexpr double kNoGrid = 0;  // what moves slowly would jerk

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
