#pragma once
#include <span>
#include <string>
#include <vector>

#include "rhoam/render/canvas/cairo.h"
#include "rhoam/render/canvas/color.h"
#include "rhoam/render/canvas/font.h"
#include "rhoam/render/canvas/geometry.h"

namespace rhoam::render {

/// How a line is drawn, in pixels; `dashes` are lengths of lines and gaps by turns, none for a solid line.
struct Stroke {
  Color color = {};
  double width = 1;
  std::vector<double> dashes = {};
};

enum class Align { left, centre, right };

/// What Cairo can paint on, in pixels; y grows downwards. Coordinates must be finite and below a million.
class Canvas {
 public:
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  void fill(std::span<const Rect> rectangles, Color color);
  void fill(std::span<const Point> polygon, Color color);
  /// Corners are quarters of circles, at most half as wide as the rectangle.
  void fill_rounded(const Rect& rectangle, double radius, Color color);
  /// A line through the points; one point alone is nothing.
  void line(std::span<const Point> points, const Stroke& stroke);
  /// Lines of their own.
  void segments(std::span<const Segment> lines, const Stroke& stroke);
  void discs(std::span<const Point> centres, double diameter, Color color);
  /// A disc that fades from its centre to nothing at its rim.
  void glow(Point centre, double radius, Color color);
  /// Text that begins, is centred or ends at a point of its base line, turned clockwise around that point.
  void text(Point at, const std::string& text, const Font& font, Color color, Align align = Align::left,
            double degrees = 0);
  /// Lines of text below each other, from their upper left corner.
  void paragraph(Point corner, std::span<const std::string> lines, const Font& font, Color color);

  /// Nothing is painted outside of the rectangle until `unclip`; they nest.
  void clip(const Rect& rectangle);
  void unclip();
  /// Lengths are so many times as long until `end_zoom`; zooms nest.
  void begin_zoom(double factor);
  void end_zoom();
  /// What is painted until `end_group` is put down at once, as a whole this opaque (0 … 1); they nest.
  void begin_group();
  void end_group(double opacity);

 protected:
  /// Coordinates are rounded to this part of a pixel; 0 leaves them.
  Canvas(CairoSurface surface, double grid);
  ~Canvas() = default;
  /// The edges of upright and level segments are moved to those of pixels of this size.
  void fill_whole_pixels(double size) { pixel_ = size; }
  /// Throws std::runtime_error with Cairo's reason when something could not be painted.
  void check() const;

  void use(Color color);
  cairo_surface_t* surface() const { return surface_.get(); }
  cairo_t* cairo() const { return cairo_.get(); }

 private:
  double snapped(double pixels) const;
  Segment crisp(Segment line, double width) const;
  void move_to(Point p);
  void line_to(Point p);
  void stroke_path(const Stroke& stroke);

  CairoSurface surface_;
  CairoContext cairo_;
  double grid_, pixel_ = 0;
};

}  // namespace rhoam::render
