#pragma once
#include "render/cairo_bridge.h"
#include "render/display.h"
#include "render/image.h"

namespace rhoam::render {

/// The inside of a window of the X server, painted through a connection of its own. Plain pixels take the
/// server a tenth of the time of a software driver's OpenGL.
class WindowSurface {
 public:
  /// `window` is X's number of it. Throws NoDisplay when it is not there.
  WindowSurface(DisplayConnection display, unsigned long window);

  /// Shows the image, stretched to this many pixels, which are the size of the window.
  void show(const Image& image, int width, int height);

 private:
  /// Shows an image of the window's size.
  void put(const Image& image);

  DisplayConnection display_;
  CairoSurface surface_;
  Image stretched_;
};

}  // namespace rhoam::render
