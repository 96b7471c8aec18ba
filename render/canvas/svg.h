#pragma once
#include <string>

#include "rhoam/render/canvas/canvas.h"

namespace rhoam::render {

/// A white canvas that becomes an SVG picture. Its size must be finite and below a million.
class SvgCanvas final : public Canvas {
 public:
  SvgCanvas(double width, double height);
  ~SvgCanvas() { cairo_surface_finish(surface()); }  // finishing still writes

  /// The picture; nothing can be painted afterwards. The same calls give the same bytes. Throws
  /// std::runtime_error with Cairo's reason if something could not be painted.
  std::string finish();

 private:
  explicit SvgCanvas(std::unique_ptr<std::string> svg, double width, double height);
  std::unique_ptr<std::string> svg_;  // Cairo keeps its address
};

}  // namespace rhoam::render
