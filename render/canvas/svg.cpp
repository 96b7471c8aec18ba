#include "rhoam/render/canvas/svg.h"

#include <cairo-svg.h>

#include <utility>

namespace rhoam::render {
namespace {

constexpr double kGrid = 0.125;  // pixels: invisibly fine, and the numbers stay short

/// Truncates all numbers to hundredths of a pixel, which saves a sixth of the bytes. No text is affected:
/// Cairo draws letters as outlines.
void cut_decimals(std::string& svg) {
  constexpr int kDecimals = 2;
  int decimals = -1;  // of the number so far; -1 outside a number
  std::size_t kept = 0;
  for (std::size_t i = 0; i < svg.size(); ++i) {
    const bool digit = '0' <= svg[i] && svg[i] <= '9';
    if (!digit) decimals = svg[i] == '.' ? 0 : -1;
    if (digit && decimals >= 0 && ++decimals > kDecimals) continue;
    svg[kept++] = svg[i];
  }
  svg.resize(kept);
}

/// Removes the surface number: Cairo counts surfaces per process, and a picture must not depend on earlier
/// ones.
void drop_surface_number(std::string& svg) {
  const std::string id = " id=\"surface";
  const auto begin = svg.find(id);
  if (begin != std::string::npos) svg.erase(begin, svg.find('"', begin + id.size()) + 1 - begin);
}

}  // namespace

SvgCanvas::SvgCanvas(double width, double height)
    : SvgCanvas(std::make_unique<std::string>(), width, height) {}

SvgCanvas::SvgCanvas(std::unique_ptr<std::string> svg, double width, double height)
    : Canvas(CairoSurface(cairo_svg_surface_create_for_stream(append_to_string, svg.get(), width, height)),
             kGrid),
      svg_(std::move(svg)) {
  cairo_svg_surface_set_document_unit(surface(), CAIRO_SVG_UNIT_PX);
  use({1, 1, 1});
  cairo_paint(cairo());
}

std::string SvgCanvas::finish() {
  cairo_surface_finish(surface());
  check();
  drop_surface_number(*svg_);
  cut_decimals(*svg_);
  return std::move(*svg_);
}

}  // namespace rhoam::render
