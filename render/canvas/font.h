#pragma once
#include <cmath>
#include <string>
#include <vector>

#include "rhoam/render/canvas/cairo.h"

namespace rhoam::render {

/// The typeface of all pictures in one size. Lengths are pixels and do not depend on hinting. Any bytes may
/// be given as text; `core::printable` says what becomes of them.
class Font {
 public:
  enum class Weight { normal, bold };
  explicit Font(double size, Weight weight = Weight::normal);

  double size() const { return size_; }
  /// The distance of base lines in a text of several lines.
  double line_height() const { return std::ceil(1.3 * size_); }
  /// Where to write so that the middle of a digit is in this row.
  double base_line(double middle) const { return middle + 0.36 * size_; }
  double width(const std::string& text) const;
  /// The text if it is no wider than that, else its beginning with "…".
  std::string shortened(const std::string& text, double max_width) const;
  /// The text in lines broken at spaces, the last and over-long words shortened.
  std::vector<std::string> wrapped(const std::string& text, double max_width, std::size_t max_lines) const;

  cairo_scaled_font_t* handle() const { return font_.get(); }

 private:
  double size_;
  CairoFont font_;
};

}  // namespace rhoam::render
