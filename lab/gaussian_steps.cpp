#include "rhoam/lab/gaussian_steps.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

/// Sums over the weights w = (1 − ρ)ρ^k of the gradients in v, for one t.
struct Sums {
  double logs = 0;    ///< Σ ln(1 + 2tw)
  double halves = 0;  ///< Σ tw/(1 + 2tw)
  double shares = 0;  ///< Σ w/(1 + 2tw)
};

Sums sums(double rho, double t) {
  // Long memories are summed in blocks, 50 per memory, each represented by its middle.
  const double block = std::max(1.0, std::floor(optim::memory_of_rho(rho) / 50));
  const double kept = std::pow(rho, block);
  Sums sums;
  for (double left = 1; left * (1 + t) > 1e-10; left *= kept) {  // the weights that are not summed yet
    const double w = left * (1 - kept) / block;
    sums.logs += block * std::log1p(2 * t * w);
    sums.halves += block * t * w / (1 + 2 * t * w);
    sums.shares += block * w / (1 + 2 * t * w);
  }
  return sums;
}

/// ∫ f(t)/√(πt) dt over t > 0: E[1/√X] where f(t) = E[e^(−tX)]. Trapezoids in ln t, which converge
/// exponentially.
template <class F>
double mean_inverse_root(F&& f) {
  constexpr double kStep = 0.5, kLowest = -50, kHighest = 80;
  double sum = 0;
  for (double y = kLowest; y < kHighest; y += kStep) {
    const double term = std::exp(y / 2) * f(std::exp(y));
    sum += term;
    if (y > 0 && term < 1e-14 * sum) break;
  }
  return sum * kStep / std::sqrt(std::numbers::pi);
}

}  // namespace

double mean_step(double rho, double mean) {
  // E[e^(−sg²)] = (1 + 2s)^(−1/2) e^(−s·mean²/(1 + 2s)), and E[g e^(−sg²)] is mean/(1 + 2s) of that.
  return mean * mean_inverse_root([=](double t) {
           const Sums all = sums(rho, t);
           return std::exp(-all.logs / 2 - mean * mean * all.halves) / (1 + 2 * t * (1 - rho));
         });
}

double mean_centered_step(double rho, double mean) {
  if (rho == 0) return mean_step(rho, mean);
  // v − ḡ² = zᵀ(diag w − wwᵀ)z of noise z alone; the step's own noise averages out by symmetry. Matrix
  // determinant lemma: det(1 + 2t(diag w − wwᵀ)) = Π(1 + 2tw)·Σ w/(1 + 2tw).
  return mean * mean_inverse_root([=](double t) {
           const Sums all = sums(rho, t);
           return std::exp(-all.logs / 2) / std::sqrt(all.shares);
         });
}

}  // namespace rhoam::lab
