#pragma once
#include <string>

namespace rhoam::render {

/// CSS variables with the colours of `to_svg`, for a white page or a dark one:
/// "--chart-text: #212121; --series-0: #0072b2; …", also `paper`, `quiet`, `axis`, `tick`, `grid`, `change`
/// and, for the name of a series, "--series-0-text". A series has the same hue on both.
std::string css_colors(bool dark);

/// The variable of a colour of the palette, "--series-3"; numbers beyond its end wrap around.
std::string css_series(int number);

/// A picture of `to_svg` that takes its colours from these variables, for a page that defines them.
std::string with_css_colors(const std::string& svg);

}  // namespace rhoam::render
