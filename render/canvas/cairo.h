#pragma once
#include <cairo.h>

#include <memory>

namespace rhoam::render {

class Image;

/// Releases objects of Cairo, a C library.
struct ReleaseCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_pattern_t* pattern) const { cairo_pattern_destroy(pattern); }
  void operator()(cairo_scaled_font_t* font) const { cairo_scaled_font_destroy(font); }
};
using CairoContext = std::unique_ptr<cairo_t, ReleaseCairo>;
using CairoSurface = std::unique_ptr<cairo_surface_t, ReleaseCairo>;
using CairoPattern = std::unique_ptr<cairo_pattern_t, ReleaseCairo>;
using CairoFont = std::unique_ptr<cairo_scaled_font_t, ReleaseCairo>;

/// A surface over the pixels of an image, which must outlive it and keep its size.
CairoSurface surface_over(Image& image);
/// The same, read-only.
CairoSurface surface_over(const Image& image);

/// Write callback for Cairo that appends to the std::string whose address is passed with it.
cairo_status_t append_to_string(void* text, const unsigned char* bytes, unsigned count);

}  // namespace rhoam::render
