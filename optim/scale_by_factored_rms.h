#pragma once
#include <cstddef>

#include "rhoam/core/schedule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

struct FactoredRmsOptions {
  core::Schedule scale_memory = 3;    ///< of the scale that all parameters share, in updates; at least 1
  core::Schedule shape_memory = 300;  ///< of the parameters' shares of it, in updates; at least 1
  core::Schedule eps = 1e-8;          ///< outside the root; 0 allowed
};

/// RMSprop with v = S·u_i, a scale S that all parameters share and that follows fast, and shares u_i that
/// follow slowly (experimental): pooling lets S have a short memory without the noise of one.
///   w_i = average(u_i, g_i²/S),   S ← average(S, mean_i(g_i²/w_i)·mean_i w_i),   u_i ← average(u_i, g_i²/S),
/// each average plain until its memory is full; then g/(√(S·u) + ε). Dividing by w_i counts every parameter
/// alike, whatever the size of its gradient. As w_i includes g_i², one parameter that wakes after a long time
/// cannot move S by more than shape_memory/P. Use one for each network. Keeps 1 number for each parameter;
/// `memory` is that of S. Zero gradients never give NaN; one NaN in g makes S NaN, so that it shows.
///
/// Useful only where the whole gradient shares its scale, such as under a drifting reward scale. Where each
/// parameter has its own scale, the slow u_i must follow, and it is worse than ρ = 0.99: 1.5–1.6 times the
/// regret of an oracle on a noisy quadratic, where a matched ρ has 1.05–1.12.
template <class Scalar>
Stage<Scalar> scale_by_factored_rms(const FactoredRmsOptions& options, std::size_t size);

}  // namespace rhoam::optim
