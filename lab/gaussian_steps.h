#pragma once

namespace rhoam::lab {

/// RMSprop's mean step over lr under gradients that are independent draws of N(mean, 1), once v has settled;
/// mean/√(1 + mean²) for long memories, erf(mean/√2) for ρ = 0. Exact but for its quadrature.
double mean_step(double rho, double mean);

/// The same for centered RMSprop: near the mean itself for long memories; as for the plain rule for ρ = 0,
/// where one gradient has no deviation to divide by.
double mean_centered_step(double rho, double mean);

}  // namespace rhoam::lab
