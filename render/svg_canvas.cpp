#include "render/svg_canvas.h"

#include <cairo-svg.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <numbers>
#include <stdexcept>

#include "render/printable.h"

namespace rhoam::render {
namespace {

cairo_status_t append(void* text, const unsigned char* bytes, unsigned count) {
  try {
    static_cast<std::string*>(text)->append(reinterpret_cast<const char*>(bytes), count);
    return CAIRO_STATUS_SUCCESS;
  } catch (const std::bad_alloc&) {  // may not pass through C
    return CAIRO_STATUS_NO_MEMORY;
  }
}

/// Eighths of a pixel: no eye sees less, and the numbers stay short.
double snapped(double pixels) { return std::round(pixels * 8) / 8; }

void move_to(cairo_t* cairo, Point p) { cairo_move_to(cairo, snapped(p.x), snapped(p.y)); }
void line_to(cairo_t* cairo, Point p) { cairo_line_to(cairo, snapped(p.x), snapped(p.y)); }

/// Cuts all numbers to hundredths of a pixel, a sixth of the bytes. No text is hurt: Cairo draws letters as
/// outlines.
void cut_decimals(std::string& svg) {
  constexpr int kDecimals = 2;
  int decimals = -1;  // of the number so far; -1 outside of one
  std::size_t kept = 0;
  for (std::size_t i = 0; i < svg.size(); ++i) {
    const bool digit = '0' <= svg[i] && svg[i] <= '9';
    if (!digit) decimals = svg[i] == '.' ? 0 : -1;
    if (digit && decimals >= 0 && ++decimals > kDecimals) continue;
    svg[kept++] = svg[i];
  }
  svg.resize(kept);
}

/// Cairo numbers the surfaces of a process; a picture may not depend on how many there were before it.
void drop_surface_number(std::string& svg) {
  const std::string id = " id=\"surface";
  const auto begin = svg.find(id);
  if (begin != std::string::npos) svg.erase(begin, svg.find('"', begin + id.size()) + 1 - begin);
}

}  // namespace

SvgCanvas::SvgCanvas(double width, double height)
    : surface_(cairo_svg_surface_create_for_stream(append, &svg_, width, height)),
      cairo_(cairo_create(surface_.get())) {
  cairo_svg_surface_set_document_unit(surface_.get(), CAIRO_SVG_UNIT_PX);
  use({1, 1, 1});
  cairo_paint(cairo_.get());
  cairo_set_line_join(cairo_.get(), CAIRO_LINE_JOIN_ROUND);
}

void SvgCanvas::use(Color color) {
  cairo_set_source_rgba(cairo_.get(), color.red, color.green, color.blue, color.alpha);
}

void SvgCanvas::stroke_path(const Stroke& stroke) {
  use(stroke.color);
  cairo_set_line_width(cairo_.get(), stroke.width);
  cairo_set_dash(cairo_.get(), stroke.dashes.data(), static_cast<int>(stroke.dashes.size()), 0);
  cairo_stroke(cairo_.get());
}

void SvgCanvas::fill(std::span<const Rect> rectangles, Color color) {
  if (rectangles.empty()) return;
  use(color);
  for (const auto& r : rectangles) {
    const double x = snapped(r.x), y = snapped(r.y);
    cairo_rectangle(cairo_.get(), x, y, snapped(r.right()) - x, snapped(r.bottom()) - y);
  }
  cairo_fill(cairo_.get());
}

void SvgCanvas::fill(std::span<const Point> polygon, Color color) {
  if (polygon.empty()) return;
  use(color);
  for (const auto& p : polygon) line_to(cairo_.get(), p);
  cairo_fill(cairo_.get());
}

void SvgCanvas::line(std::span<const Point> points, const Stroke& stroke) {
  // Some readers refuse attributes of megabytes, so a long line is drawn in pieces.
  constexpr std::size_t kPiece = 50'000;
  for (std::size_t begin = 0; begin + 1 < points.size(); begin += kPiece) {
    for (const auto& p : points.subspan(begin, std::min(kPiece + 1, points.size() - begin)))
      line_to(cairo_.get(), p);
    stroke_path(stroke);
  }
}

void SvgCanvas::segments(std::span<const Segment> lines, const Stroke& stroke) {
  if (lines.empty()) return;
  for (const auto& [from, to] : lines) {
    move_to(cairo_.get(), from);
    line_to(cairo_.get(), to);
  }
  stroke_path(stroke);
}

void SvgCanvas::discs(std::span<const Point> centres, double diameter, Color color) {
  if (centres.empty()) return;
  // A short line with round ends is an eighth of the bytes of a circle; some viewers drop it at length zero.
  constexpr double kLength = 0.125;
  cairo_set_line_cap(cairo_.get(), CAIRO_LINE_CAP_ROUND);
  for (const auto& p : centres) {
    move_to(cairo_.get(), p);
    line_to(cairo_.get(), {p.x + kLength, p.y});
  }
  stroke_path({.color = color, .width = diameter});
  cairo_set_line_cap(cairo_.get(), CAIRO_LINE_CAP_BUTT);
}

void SvgCanvas::text(Point at, const std::string& text, const Font& font, Color color, Align align,
                     double degrees) {
  const std::string line = printable(text);
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

void SvgCanvas::paragraph(Point corner, std::span<const std::string> lines, const Font& font, Color color) {
  double base_line = corner.y + font.size();
  for (const auto& line : lines) {
    text({corner.x, base_line}, line, font, color);
    base_line += font.line_height();
  }
}

std::string SvgCanvas::finish() {
  cairo_surface_finish(surface_.get());
  for (const auto status : {cairo_status(cairo_.get()), cairo_surface_status(surface_.get())})
    if (status != CAIRO_STATUS_SUCCESS)
      throw std::runtime_error(std::string("cannot paint the picture: ") + cairo_status_to_string(status));
  drop_surface_number(svg_);
  cut_decimals(svg_);
  return std::move(svg_);
}

}  // namespace rhoam::render
