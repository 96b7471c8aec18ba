#include "rhoam/render/canvas/color.h"

#include <fmt/format.h>

#include <cmath>

namespace rhoam::render {

std::string hex(const Color& color) {
  const auto byte = [](double part) { return std::lround(255 * part); };
  return fmt::format("#{:02x}{:02x}{:02x}", byte(color.red), byte(color.green), byte(color.blue));
}

}  // namespace rhoam::render
