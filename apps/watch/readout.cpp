#include "apps/watch/readout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "render/figures.h"
#include "render/tick_labels.h"

namespace rhoam::watch {
namespace {

/// The power of ten at or, since memories are found by iteration, hardly above a value.
int magnitude(double value) { return static_cast<int>(std::floor(std::log10(value) + 1e-6)); }

std::string tiny(double size) {
  const int power = magnitude(size);
  const int digit = std::clamp(static_cast<int>(std::lround(size / std::pow(10.0, power))), 1, 9);
  return render::log_labels(std::vector<render::Decimal>{{digit, power}}).front();
}

}  // namespace

std::string readout(double value) {
  constexpr double kTiny = 1e-3;
  const double size = std::abs(value);
  if (size == 0 || !std::isfinite(size)) return render::figure(value, 0);
  if (size < kTiny) return (value < 0 ? "−" : "") + tiny(size);
  return render::figure(value, std::max(0, 2 - magnitude(size)));
}

std::string rho_readout(double rho) {
  constexpr double kLeast = 1e-9;
  const int decimals = 1 - magnitude(std::clamp(1 - rho, kLeast, 1.0));
  return fmt::format("ρ {:.{}f}", rho, decimals);
}

}  // namespace rhoam::watch
