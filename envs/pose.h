#pragma once
#include <algorithm>
#include <array>
#include <cmath>

#include "rhoam/envs/draw_list.h"

namespace rhoam::envs {

/// Position of a rigid body and its angle, counter-clockwise in radians.
struct Pose {
  Spot origin;
  double angle = 0;

  /// A direction of the body in world coordinates.
  Spot turned(Spot direction) const {
    const double sine = std::sin(angle), cosine = std::cos(angle);
    return {cosine * direction.x - sine * direction.y, sine * direction.x + cosine * direction.y};
  }
  /// A point of the body in world coordinates.
  Spot operator()(Spot place) const {
    const Spot offset = turned(place);
    return {origin.x + offset.x, origin.y + offset.y};
  }
  template <std::size_t N>
  std::array<Spot, N> operator()(std::array<Spot, N> places) const {
    std::ranges::transform(places, places.begin(), [this](Spot place) { return (*this)(place); });
    return places;
  }
};

/// The corners of an upright rectangle.
constexpr std::array<Spot, 4> rectangle(double left, double bottom, double right, double top) {
  return {{{left, bottom}, {left, top}, {right, top}, {right, bottom}}};
}

}  // namespace rhoam::envs
