#pragma once
#include <cairo.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "render/font.h"
#include "render/geometry.h"

namespace rhoam::render {

/// Parts of one, sRGB.
struct Color {
  double red = 0, green = 0, blue = 0, alpha = 1;

  Color with_alpha(double part) const { return {red, green, blue, part}; }
  /// Towards black; 0 leaves it, 1 is black.
  Color darker(double part) const { return {red * (1 - part), green * (1 - part), blue * (1 - part), alpha}; }
  /// Darker where it is lighter than a grey of this part of white.
  Color no_lighter_than(double grey) const {
    const double luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    return luma > grey ? darker(1 - grey / luma) : *this;
  }
};

/// How a line is drawn, in pixels; `dashes` are lengths of lines and gaps by turns, none for a solid line.
struct Stroke {
  Color color = {};
  double width = 1;
  std::vector<double> dashes = {};
};

enum class Align { left, centre, right };

/// A white sheet of pixels on which Cairo paints an SVG picture. Its size and all coordinates must be finite
/// and below a million.
class SvgCanvas {
 public:
  SvgCanvas(double width, double height);
  SvgCanvas(const SvgCanvas&) = delete;  // Cairo keeps the address of the text
  SvgCanvas& operator=(const SvgCanvas&) = delete;

  void fill(std::span<const Rect> rectangles, Color color);
  void fill(std::span<const Point> polygon, Color color);
  /// A line through the points; one point alone is nothing.
  void line(std::span<const Point> points, const Stroke& stroke);
  /// Lines of their own.
  void segments(std::span<const Segment> lines, const Stroke& stroke);
  void discs(std::span<const Point> centres, double diameter, Color color);
  /// Text that begins, is centred or ends at a point of its base line, turned clockwise around that point.
  void text(Point at, const std::string& text, const Font& font, Color color, Align align = Align::left,
            double degrees = 0);
  /// Lines of text below each other, from their upper left corner.
  void paragraph(Point corner, std::span<const std::string> lines, const Font& font, Color color);

  /// The picture; nothing can be painted afterwards. The same calls give the same bytes. Throws
  /// std::runtime_error with Cairo's reason when something could not be painted.
  std::string finish();

 private:
  struct Free {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  };
  void use(Color color);
  void stroke_path(const Stroke& stroke);

  std::string svg_;
  std::unique_ptr<cairo_surface_t, Free> surface_;
  std::unique_ptr<cairo_t, Free> cairo_;
};

}  // namespace rhoam::render
