#include "rhoam/render/canvas/canvas.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <utility>

#include "rhoam/core/utf8.h"

namespace rhoam::render {

Canvas::Canvas(CairoSurface surface, double grid)
    : surface_(std::move(surface)), cairo_(cairo_create(surface_.get())), grid_(grid) {
  cairo_set_line_join(cairo_.get(), CAIRO_LINE_JOIN_ROUND);
}

void Canvas::check() const {
  for (const auto status : {cairo_status(cairo_.get()), cairo_surface_status(surface_.get())})
    if (status != CAIRO_STATUS_SUCCESS)
      throw std::runtime_error(std::string("cannot paint the picture: ") + cairo_status_to_string(status));
}

double Canvas::snapped(double pixels) const {
  return grid_ > 0 ? std::round(pixels / grid_) * grid_ : pixels;
}

Segment Canvas::crisp(Segment line, double width) const {
  const auto moved = [&](double middle) {
    return std::round((middle - width / 2) / pixel_) * pixel_ + width / 2;
  };
  if (pixel_ > 0 && line.from.x == line.to.x) line.from.x = line.to.x = moved(line.from.x);
  if (pixel_ > 0 && line.from.y == line.to.y) line.from.y = line.to.y = moved(line.from.y);
  return line;
}

void Canvas::move_to(Point p) { cairo_move_to(cairo_.get(), snapped(p.x), snapped(p.y)); }
void Canvas::line_to(Point p) { cairo_line_to(cairo_.get(), snapped(p.x), snapped(p.y)); }

void Canvas::use(Color color) {
  cairo_set_source_rgba(cairo_.get(), color.red, color.green, color.blue, color.alpha);
}

void Canvas::stroke_path(const Stroke& stroke) {
  use(stroke.color);
  cairo_set_line_width(cairo_.get(), stroke.width);
  cairo_set_dash(cairo_.get(), stroke.dashes.data(), static_cast<int>(stroke.dashes.size()), 0);
  cairo_stroke(cairo_.get());
}

void Canvas::fill(std::span<const Rect> rectangles, Color color) {
  if (rectangles.empty()) return;
  use(color);
  for (const auto& r : rectangles) {
    const double x = snapped(r.x), y = snapped(r.y);
    cairo_rectangle(cairo_.get(), x, y, snapped(r.right()) - x, snapped(r.bottom()) - y);
  }
  cairo_fill(cairo_.get());
}

void Canvas::fill(std::span<const Point> polygon, Color color) {
  if (polygon.empty()) return;
  use(color);
  for (const auto& p : polygon) line_to(p);
  cairo_fill(cairo_.get());
}

void Canvas::line(std::span<const Point> points, const Stroke& stroke) {
  // Some readers refuse attributes of megabytes, so a long line is drawn in pieces.
  constexpr std::size_t kPiece = 50'000;
  for (std::size_t begin = 0; begin + 1 < points.size(); begin += kPiece) {
    for (const auto& p : points.subspan(begin, std::min(kPiece + 1, points.size() - begin))) line_to(p);
    stroke_path(stroke);
  }
}

void Canvas::segments(std::span<const Segment> lines, const Stroke& stroke) {
  if (lines.empty()) return;
  for (const auto& line : lines) {
    const auto [from, to] = crisp(line, stroke.width);
    move_to(from);
    line_to(to);
  }
  stroke_path(stroke);
}

void Canvas::discs(std::span<const Point> centres, double diameter, Color color) {
  if (centres.empty()) return;
  // A short line with round ends takes an eighth of a circle's bytes; some viewers drop it at length zero.
  constexpr double kLength = 0.125;
  cairo_set_line_cap(cairo_.get(), CAIRO_LINE_CAP_ROUND);
  for (const auto& p : centres) {
    move_to(p);
    line_to({p.x + kLength, p.y});
  }
  stroke_path({.color = color, .width = diameter});
  cairo_set_line_cap(cairo_.get(), CAIRO_LINE_CAP_BUTT);
}

void Canvas::glow(Point centre, double radius, Color color) {
  if (!(radius > 0)) return;
  constexpr int kStops = 4;
  const CairoPattern fading(cairo_pattern_create_radial(centre.x, centre.y, 0, centre.x, centre.y, radius));
  for (int stop = 0; stop <= kStops; ++stop) {
    const double at = static_cast<double>(stop) / kStops, left = 1 - at * at;
    cairo_pattern_add_color_stop_rgba(fading.get(), at, color.red, color.green, color.blue,
                                      color.alpha * left * left);
  }
  cairo_set_source(cairo_.get(), fading.get());
  cairo_set_antialias(cairo_.get(), CAIRO_ANTIALIAS_NONE);  // its edge is invisible anyway
  cairo_rectangle(cairo_.get(), centre.x - radius, centre.y - radius, 2 * radius, 2 * radius);
  cairo_fill(cairo_.get());
  cairo_set_antialias(cairo_.get(), CAIRO_ANTIALIAS_DEFAULT);
}

void Canvas::text(Point at, const std::string& text, const Font& font, Color color, Align align,
                  double degrees) {
  const std::string line = core::printable(text);
  const double part = align == Align::left ? 0 : align == Align::centre ? 0.5 : 1;
  use(color);
  cairo_save(cairo_.get());
  cairo_translate(cairo_.get(), snapped(at.x), snapped(at.y));
  cairo_rotate(cairo_.get(), degrees * std::numbers::pi / 180);
  cairo_set_scaled_font(cairo_.get(), font.handle());
  cairo_move_to(cairo_.get(), -part * font.width(line), 0);
  cairo_show_text(cairo_.get(), line.c_str());
  cairo_restore(cairo_.get());
  cairo_new_path(cairo_.get());
}

void Canvas::paragraph(Point corner, std::span<const std::string> lines, const Font& font, Color color) {
  double base_line = corner.y + font.size();
  for (const auto& line : lines) {
    text({corner.x, base_line}, line, font, color);
    base_line += font.line_height();
  }
}

void Canvas::fill_rounded(const Rect& rectangle, double radius, Color color) {
  constexpr double kRight = std::numbers::pi / 2;
  radius = std::max(0.0, std::min({radius, rectangle.width / 2, rectangle.height / 2}));
  const double left = rectangle.x + radius, right = rectangle.right() - radius;
  const double top = rectangle.y + radius, bottom = rectangle.bottom() - radius;
  use(color);
  cairo_new_sub_path(cairo_.get());
  cairo_arc(cairo_.get(), right, top, radius, -kRight, 0);
  cairo_arc(cairo_.get(), right, bottom, radius, 0, kRight);
  cairo_arc(cairo_.get(), left, bottom, radius, kRight, 2 * kRight);
  cairo_arc(cairo_.get(), left, top, radius, 2 * kRight, 3 * kRight);
  cairo_close_path(cairo_.get());
  cairo_fill(cairo_.get());
}

void Canvas::clip(const Rect& rectangle) {
  cairo_save(cairo_.get());
  cairo_rectangle(cairo_.get(), rectangle.x, rectangle.y, rectangle.width, rectangle.height);
  cairo_clip(cairo_.get());
}

void Canvas::unclip() { cairo_restore(cairo_.get()); }

void Canvas::begin_zoom(double factor) {
  cairo_save(cairo_.get());
  cairo_scale(cairo_.get(), factor, factor);
}

void Canvas::end_zoom() { cairo_restore(cairo_.get()); }

void Canvas::begin_group() { cairo_push_group(cairo_.get()); }

void Canvas::end_group(double opacity) {
  cairo_pop_group_to_source(cairo_.get());
  cairo_paint_with_alpha(cairo_.get(), opacity);
}

}  // namespace rhoam::render
