#include "render/projection.h"

#include <algorithm>
#include <cmath>

namespace rhoam::render {
namespace {

constexpr double kFarthest = 1e5;  // pixels; far outside, so that what is seen keeps its shape

double extent(double low, double high) {
  const double size = high - low;
  return size > 0 && std::isfinite(size) ? size : 1;
}

double middle(double low, double high) {
  const double at = low + (high - low) / 2;
  return std::isfinite(at) ? at : 0;
}

}  // namespace

Projection::Projection(const envs::DrawList::View& view, const Rect& into)
    : scale_(
          std::min(into.width / extent(view.left, view.right), into.height / extent(view.bottom, view.top))),
      middle_{middle(view.left, view.right), middle(view.bottom, view.top)},
      centre_{into.x + into.width / 2, into.y + into.height / 2} {}

Point Projection::operator()(envs::Spot spot) const {
  return {std::clamp(centre_.x + scale_ * (spot.x - middle_.x), -kFarthest, kFarthest),
          std::clamp(centre_.y - scale_ * (spot.y - middle_.y), -kFarthest, kFarthest)};
}

}  // namespace rhoam::render
