#pragma once
#include <span>
#include <string>
#include <vector>

#include "rhoam/render/canvas/cairo.h"
#include "rhoam/render/canvas/color.h"
#include "rhoam/render/canvas/font.h"
#include "rhoam/render/canvas/geometry.h"

namespace rhoam::render {

/// Style of a line, in pixels; `dashes` are alternating lengths of lines and gaps, empty for a solid line.
struct Stroke {
  Color color = {};
  double width = 1;
  std::vector<double> dashes = {};
};

enum class Align { left, centre, right };

/// A Cairo surface to paint on, in pixels; y grows downwards. Coordinates must be finite and below a million.
class Canvas {
 public:
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  void fill(std::span<const Rect> rectangles, Color color);
  void fill(std::span<const Point> polygon, Color color);
  /// Corners are quarter circles, at most half as wide as the rectangle.
  void fill_rounded(const Rect& rectangle, double radius, Color color);
  /// A line through the points; a single point draws nothing.
  void line(std::span<const Point> points, const Stroke& stroke);
  /// Separate lines.
  void segments(std::span<const Segment> lines, const Stroke& stroke);
  void discs(std::span<const Point> centres, double diameter, Color color);
  /// A disc that fades from its centre to nothing at its rim.
  void glow(Point centre, double radius, Color color);
  /// Text that begins, is centred or ends at a point of its base line, turned clockwise around that point.
  void text(Point at, const std::string& text, const Font& font, Color color, Align align = Align::left,
            double degrees = 0);
  /// Lines of text below each other, from their upper left corner.
  void paragraph(Point corner, std::span<const std::string> lines, const Font& font, Color color);

  /// Nothing is painted outside the rectangle until `unclip`; clips nest.
  void clip(const Rect& rectangle);
  void unclip();
  /// Multiplies lengths by `factor` until `end_zoom`; zooms nest.
  void begin_zoom(double factor);
  void end_zoom();
  /// Collects everything painted until `end_group`, which paints it as a whole with this opacity (0 … 1);
  /// groups nest.
  void begin_group();
  void end_group(double opacity);

 protected:
  /// Coordinates are rounded to this fraction of a pixel; 0: not rounded.
  Canvas(CairoSurface surface, double grid);
  ~Canvas() = default;
  /// Snaps the edges of vertical and horizontal segments to those of pixels of this size.
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
