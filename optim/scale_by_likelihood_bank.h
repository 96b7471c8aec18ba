#pragma once
#include <cstddef>

#include "rhoam/core/schedule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

struct LikelihoodBankOptions {
  core::Schedule eps = 1e-8;             ///< outside the root; 0 allowed
  core::Schedule evidence_memory = 100;  ///< of the log-likelihoods, in updates; at least 1
};

/// RMSprop with the memory that predicts g² best (experimental): a bank of accumulators with n = 2, 4 … 1024
/// updates, weighted by Hedge (Freund & Schapire 1997) with rate 1 and discount 1 − 1/evidence_memory on
///   ln p_k = mean_i(2 ln v − 5/2 ln(v + g²/2)) + const,   v = v_k,i before g enters it,
/// Student's t with 4 degrees of freedom and variance v. The mean over the parameters, not the sum, keeps the
/// weights independent of the size of the network; parameters with g = 0 or v = 0 carry no information and
/// are left out. u = g·Σ_k w_k/(√v_k + ε). Use one for each network. Keeps 10 numbers for each parameter;
/// `memory` is exp(Σ w_k ln n_k). Zero gradients never give NaN; a NaN in g shows.
///
/// Useful where only the scale of the gradient drifts: there it finds the best fixed ρ. In reinforcement
/// learning gradients come in bursts, which the shortest memory always predicts best: it picks that one and
/// then loses 9% of the return on stationary CartPole, and up to 19% where long memory wins.
template <class Scalar>
Stage<Scalar> scale_by_likelihood_bank(const LikelihoodBankOptions& options, std::size_t size);

}  // namespace rhoam::optim
