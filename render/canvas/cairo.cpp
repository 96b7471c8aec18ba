#include "rhoam/render/canvas/cairo.h"

#include <new>
#include <string>

#include "rhoam/render/canvas/image.h"

namespace rhoam::render {

CairoSurface surface_over(Image& image) {
  auto* const bytes = reinterpret_cast<unsigned char*>(image.pixels().data());
  return CairoSurface(cairo_image_surface_create_for_data(bytes, CAIRO_FORMAT_RGB24, image.width(),
                                                          image.height(), 4 * image.width()));
}

// Cairo takes mutable surfaces even where it only reads.
CairoSurface surface_over(const Image& image) { return surface_over(const_cast<Image&>(image)); }

cairo_status_t append_to_string(void* text, const unsigned char* bytes, unsigned count) {
  try {
    static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
  } catch (const std::bad_alloc&) {  // must not propagate through C
    return CAIRO_STATUS_NO_MEMORY;
  }
}

}  // namespace rhoam::render
