#include "rhoam/lab/clipped_noise.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace rhoam::lab {

/// At a mean squared distance. The fourth moment is the smaller of the unclipped one and limit⁴.
ClippedNoise::Moments ClippedNoise::moments(double distance) const {
  Moments sum{};
  const auto add = [&](double weight, double variance) {
    const double a = limit / std::sqrt(variance), inside = std::erf(a / std::numbers::sqrt2);
    const double edge = a * std::sqrt(2 / std::numbers::pi) * std::exp(-a * a / 2);
    sum.square += weight * (variance * (inside - edge) + limit * limit * std::erfc(a / std::numbers::sqrt2));
    sum.fourth += weight * std::min(3 * variance * variance, std::pow(limit, 4));
    sum.share += weight * inside;
  };
  add(1 - chance, 1 + distance);
  add(chance, burst * burst + distance);
  return sum;
}

double ClippedNoise::loss() const {
  const double q = walk * walk;
  double p = lr;
  for (int i = 0; i < 100; ++i) {  // the moments depend weakly on it
    const auto [square, fourth, share] = moments(p + q);
    p = (q + lr * lr) * std::sqrt(square) / (2 * lr * share) - q;
  }
  return p;
}

double ClippedNoise::relaxation() const {
  const auto [square, fourth, share] = moments(loss());
  return std::sqrt(square) / (lr * share);
}

double ClippedNoise::spread(double memory) const {
  const auto [square, fourth, share] = moments(loss());
  return 0.375 * std::max(0.0, fourth / (square * square) - 1) / (2 * memory - 1);
}

}  // namespace rhoam::lab
