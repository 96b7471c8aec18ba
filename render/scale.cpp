#include "render/scale.h"

#include <algorithm>
#include <cmath>

namespace rhoam::render {
namespace {

// Keeps the width of any extent finite.
constexpr double kLargest = 1e300;
// Ends that differ by less are rounding errors of one value.
constexpr double kRelativeWidth = 1e-12, kSmallestWidth = 1e-300, kDecades = 1e-9;

double narrowest(const Extent& extent, bool log) {
  if (log) return kDecades;
  return std::max(kSmallestWidth, kRelativeWidth * std::max(std::abs(extent.low), std::abs(extent.high)));
}

}  // namespace

double coordinate(double value, bool log) {
  if (!log) return value;
  return value > 0 ? std::log10(value) : std::numeric_limits<double>::quiet_NaN();
}

void Extent::include(double at) {
  if (!std::isfinite(at)) return;
  at = std::clamp(at, -kLargest, kLargest);
  low = std::min(low, at);
  high = std::max(high, at);
}

void Extent::include(const Extent& other) {
  include(other.low);
  include(other.high);
}

void Extent::pad(double by) {
  low -= by;
  high += by;
}

Extent distinct(Extent extent, bool log) {
  if (extent.empty()) return {0, 1};
  if (extent.width() > narrowest(extent, log)) return extent;
  const double size = std::abs(extent.low);
  extent.pad(log ? std::log10(2.0) : size < kSmallestWidth ? 1 : 0.1 * size);
  return extent;
}

double Scale::position_at(double at) const {
  if (std::isnan(at)) return at;
  return std::clamp((at - extent.low) / extent.width(), 0.0, 1.0);
}

}  // namespace rhoam::render
