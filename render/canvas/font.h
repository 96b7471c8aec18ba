#pragma once
#include <cmath>
#include <string>
#include <vector>

#include "rhoam/render/canvas/cairo.h"

namespace rhoam::render {

/// The typeface of all pictures in one size. Lengths are in pixels and do not depend on hinting. Text may be
/// any bytes; `core::printable` makes them displayable.
class Font {
 public:
  enum class Weight { normal, bold };
  explicit Font(double size, Weight weight = Weight::normal);

  double size() const { return size_; }
  /// The distance between base lines in a text of several lines.
  double line_height() const { return std::ceil(1.3 * size_); }
  /// The base line on which the middle of a digit is at this y.
  double base_line(double middle) const { return middle + 0.36 * size_; }
  double width(const std::string& text) const;
  /// The text if it is no wider than `max_width`, else its beginning with "…".
  std::string shortened(const std::string& text, double max_width) const;
  /// The text in lines broken at spaces; the last line and over-long words are shortened.
  std::vector<std::string> wrapped(const std::string& text, double max_width, std::size_t max_lines) const;

  cairo_scaled_font_t* handle() const { return font_.get(); }

 private:
  double size_;
  CairoFont font_;
};

}  // namespace rhoam::render
