#include "rhoam/optim/timescale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "rhoam/core/errors.h"
#include "rhoam/optim/rho.h"

namespace rhoam::optim {
namespace {

constexpr double kShortest = 1.05, kLongest = 3000;  // memories that rho_for considers
constexpr int kGrid = 4000;

void check(const char* what, double value, double low, bool low_allowed) {
  if (std::isfinite(value) && (value > low || (low_allowed && value == low))) return;
  throw core::UsageError(fmt::format("{} of a drift {} is out of range: a finite number {} {}", what, value,
                                     low_allowed ? "of at least" : "above", low));
}

void check(const Drift& drift) {
  check("timescale", drift.timescale, 0, false);
  check("amplitude", drift.amplitude, 0, true);
  check("kurtosis", drift.kurtosis, 1, false);
}

double square(double x) { return x * x; }

/// ∫ L²/(e^L − 1) dL from 0 to `jump`, by Simpson's rule. The integrand is negligible beyond 60.
double debye(double jump) {
  constexpr int kCells = 200;
  const double step = std::min(jump, 60.0) / kCells;
  double sum = 0;
  for (int i = 1; i <= kCells; ++i) {  // the integrand is 0 at 0
    const double level = i * step, weight = i == kCells ? 1 : 2 + 2 * (i % 2);
    sum += weight * level * level / std::expm1(level);
  }
  return jump > 0 ? sum * step / 3 : 0;
}

/// Cost of a switch by `jump` down and the one back up, in units of n: ∫ ln²(v/σ²) over the time since the
/// switch, in memories. In the variable L = |ln(v/σ²)| the two are ∫ L²/(1 − e^−L) dL and ∫ L²/(e^L − 1) dL.
double cost_of_switches(double jump) { return jump * jump * jump / 3 + 2 * debye(jump); }

/// The mean squared error of log v as a function of memory, for one drift.
class TrackingCost {
 public:
  explicit TrackingCost(const Drift& drift)
      : drift_(drift),
        noise_(std::sqrt(2 * (drift.kurtosis - 1))),
        switches_(drift.kind == DriftKind::telegraph ? cost_of_switches(2 * drift.amplitude) : 0) {}

  double operator()(double n) const { return std::log1p(noise_ / (2 * n - 1)) + lag(n); }

 private:
  double lag(double n) const {
    switch (drift_.kind) {
      case DriftKind::sine:
        return lag_of_sine(n);
      case DriftKind::telegraph:
        return lag_of_telegraph(n);
      case DriftKind::ou:
        return square(drift_.amplitude) * n / (n + drift_.timescale);
      case DriftKind::growth:
        return square(std::log1p(drift_.amplitude * (n - 1) / drift_.timescale));
    }
    return 0;
  }

  /// The variance of x minus its average, from the average's frequency response.
  double lag_of_sine(double n) const {
    const double angle = 2 * std::numbers::pi / std::max(2.0, drift_.timescale), rho = rho_of_memory(n);
    const double chord = 4 * square(std::sin(angle / 2));  // |1 − e^iω|² = 2(1 − cos ω)
    return square(drift_.amplitude * rho) / 2 * chord / (square(1 - rho) + rho * chord);
  }

  /// Switches far apart cost n·φ each; at most, v stays in the middle at a distance of A.
  double lag_of_telegraph(double n) const {
    const double apart = n * switches_ / (2 * drift_.timescale);
    return apart > 0 ? 1 / (1 / apart + 1 / square(drift_.amplitude)) : 0;
  }

  Drift drift_;
  double noise_, switches_;
};

double memory_at(double cell) { return kShortest * std::pow(kLongest / kShortest, cell / (kGrid - 1)); }

/// The cost can have two minima, one of them at infinity, so the whole range is searched.
int best_cell(const TrackingCost& cost) {
  int best = 0;
  double least = cost(memory_at(0));
  for (int i = 1; i < kGrid; ++i)
    if (const double here = cost(memory_at(i)); here < least) best = i, least = here;
  return best;
}

/// Golden-section search one cell to each side.
double refined(const TrackingCost& cost, int cell) {
  constexpr double kSection = 1 / std::numbers::phi;
  double low = std::max(0, cell - 1), high = cell + 1;
  while (high - low > 1e-3) {
    const double left = high - kSection * (high - low), right = low + kSection * (high - low);
    if (cost(memory_at(left)) < cost(memory_at(right)))
      high = right;
    else
      low = left;
  }
  return memory_at((low + high) / 2);
}

}  // namespace

double tracking_cost(const Drift& drift, double memory) {
  check(drift);
  check("memory for tracking", memory, 1, true);
  return TrackingCost(drift)(memory);
}

MatchedRho rho_for(const Drift& drift) {
  check(drift);
  const TrackingCost cost(drift);
  const int cell = best_cell(cost);
  const bool trackable = cell < kGrid - 1;
  const double memory = trackable ? refined(cost, cell) : kLongest, rho = rho_of_memory(memory);
  return {.memory = memory, .rho = rho, .half_life = half_life_of_rho(rho), .trackable = trackable};
}

}  // namespace rhoam::optim
