#pragma once
#include <string>

namespace rhoam::render {

/// Parts of one, sRGB.
struct Color {
  double red = 0, green = 0, blue = 0, alpha = 1;

  constexpr bool operator==(const Color&) const = default;
  constexpr Color with_alpha(double part) const { return {red, green, blue, part}; }
  /// This part of the way to the other colour, which includes how opaque it is.
  constexpr Color mixed(const Color& other, double part) const {
    const auto between = [part](double a, double b) { return a + part * (b - a); };
    return {between(red, other.red), between(green, other.green), between(blue, other.blue),
            between(alpha, other.alpha)};
  }
  /// Towards black; 0 leaves it, 1 is black.
  Color darker(double part) const { return {red * (1 - part), green * (1 - part), blue * (1 - part), alpha}; }
  /// Towards white; 0 leaves it, 1 is white.
  Color lighter(double part) const {
    return {red + (1 - red) * part, green + (1 - green) * part, blue + (1 - blue) * part, alpha};
  }
  /// How light it is, as a part of white.
  double luma() const { return 0.2126 * red + 0.7152 * green + 0.0722 * blue; }
  /// Darker where it is lighter than a grey of this part of white, below 1.
  Color no_lighter_than(double grey) const { return luma() > grey ? darker(1 - grey / luma()) : *this; }
  /// Lighter where it is darker than that.
  Color no_darker_than(double grey) const {
    return luma() < grey ? lighter((grey - luma()) / (1 - luma())) : *this;
  }
};

/// "#0072b2", without how opaque it is.
std::string hex(const Color& color);

}  // namespace rhoam::render
