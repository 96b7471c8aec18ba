#pragma once
#include <cstddef>

#include "rhoam/core/schedule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

struct LearnedRhoOptions {
  double first_memory = 10;    ///< n = 1/(1 − ρ) to start from, in [1.5, 3000]
  core::Schedule rate = 0.01;  ///< change of logit ρ in a typical update; at least 0
  core::Schedule eps = 1e-8;   ///< outside the root; 0 allowed
};

/// RMSprop that learns its own ρ by gradient descent, one for all parameters (experimental; hypergradient
/// descent, Baydin et al. 2018, on logit ρ). The last step moved the loss by −rate·g_t·u_{t−1}; its
/// derivative with respect to logit ρ is
///   h_t = −g_t·∂u_{t−1}/∂logit ρ,   logit ρ ← logit ρ − rate·c_t/rms(c),   c_t = h_t/(‖g_t‖·‖∂u_{t−1}‖),
/// with rms(c) over the last 1000 updates, so that neither the scale of g nor the number of parameters
/// matters. The derivative is carried forward with v by dual numbers, through the same rule as scale_by_rms;
/// only the effect on the next loss is seen. n stays in [1.5, 3000]. Use one for each network. Keeps 3
/// numbers for each parameter; `memory` is n. Zero gradients never give NaN; a NaN in g shows.
///
/// Close to the best fixed ρ where the scale of the gradient drifts. It moves slowly and stays short-sighted:
/// started at n = 100 it arrives too late for fast drift, and where long memory wins in reinforcement
/// learning (reward scale, pole length) it loses 10–16% of the return.
template <class Scalar>
Stage<Scalar> scale_by_learned_rho(const LearnedRhoOptions& options, std::size_t size);

}  // namespace rhoam::optim
