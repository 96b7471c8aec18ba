#include "rhoam/render/canvas/font.h"

#include "rhoam/core/text.h"
#include "rhoam/core/utf8.h"

namespace rhoam::render {
namespace {

constexpr const char* kFamily = "DejaVu Sans";

/// Outlines and advances as designed, so that text has the same length in every picture.
cairo_font_options_t* unhinted() {
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  return options;
}

cairo_scaled_font_t* make_scaled_font(double size, Font::Weight weight) {
  cairo_font_face_t* face = cairo_toy_font_face_create(
      kFamily, CAIRO_FONT_SLANT_NORMAL,
      weight == Font::Weight::bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_font_options_t* options = unhinted();
  cairo_matrix_t scale, identity;
  cairo_matrix_init_scale(&scale, size, size);
  cairo_matrix_init_identity(&identity);
  cairo_scaled_font_t* font = cairo_scaled_font_create(face, &scale, &identity, options);
  cairo_font_options_destroy(options);
  cairo_font_face_destroy(face);
  return font;
}

}  // namespace

Font::Font(double size, Weight weight) : size_(size), font_(make_scaled_font(size, weight)) {}

double Font::width(const std::string& text) const {
  cairo_text_extents_t extents{};
  cairo_scaled_font_text_extents(font_.get(), core::printable(text).c_str(), &extents);
  return extents.x_advance;
}

std::string Font::shortened(const std::string& text, double max_width) const {
  const std::string line = core::printable(text);
  if (width(line) <= max_width) return line;
  std::size_t fits = 0, too_long = core::character_count(line) + 1;
  while (too_long - fits > 1) {
    const std::size_t middle = (fits + too_long) / 2;
    (width(line.substr(0, core::prefix_bytes(line, middle)) + "…") <= max_width ? fits : too_long) = middle;
  }
  return std::string(core::trim(line.substr(0, core::prefix_bytes(line, fits)))) + "…";
}

std::vector<std::string> Font::wrapped(const std::string& text, double max_width,
                                       std::size_t max_lines) const {
  std::vector<std::string> lines(1);
  for (const auto& word : core::split(core::printable(text), ' ')) {
    std::string& line = lines.back();
    const std::string longer = line.empty() ? word : line + ' ' + word;
    if (line.empty() || lines.size() == max_lines || width(longer) <= max_width)
      line = longer;
    else
      lines.push_back(word);
  }
  for (auto& line : lines) line = shortened(line, max_width);
  return lines;
}

}  // namespace rhoam::render
