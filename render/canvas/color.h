#pragma once
#include <string>

namespace rhoam::render {

/// sRGB colour with components 0 … 1.
struct Color {
  double red = 0, green = 0, blue = 0, alpha = 1;

  constexpr bool operator==(const Color&) const = default;
  constexpr Color with_alpha(double part) const { return {red, green, blue, part}; }
  /// Interpolates to the other colour by this fraction, alpha included.
  constexpr Color mixed(const Color& other, double part) const {
    const auto between = [part](double a, double b) { return a + part * (b - a); };
    return {between(red, other.red), between(green, other.green), between(blue, other.blue),
            between(alpha, other.alpha)};
  }
  /// Towards black; 0 leaves it unchanged, 1 is black.
  Color darker(double part) const { return {red * (1 - part), green * (1 - part), blue * (1 - part), alpha}; }
  /// Towards white; 0 leaves it unchanged, 1 is white.
  Color lighter(double part) const {
    return {red + (1 - red) * part, green + (1 - green) * part, blue + (1 - blue) * part, alpha};
  }
  /// Lightness as a fraction of white.
  double luma() const { return 0.2126 * red + 0.7152 * green + 0.0722 * blue; }
  /// Darkened to the lightness of this grey (below 1) if it is lighter.
  Color no_lighter_than(double grey) const { return luma() > grey ? darker(1 - grey / luma()) : *this; }
  /// Lightened to the lightness of this grey (below 1) if it is darker.
  Color no_darker_than(double grey) const {
    return luma() < grey ? lighter((grey - luma()) / (1 - luma())) : *this;
  }
};

/// "#0072b2", without alpha.
std::string hex(const Color& color);

}  // namespace rhoam::render
