#pragma once
#include <cstddef>

#include "rhoam/core/schedule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

struct AlignBankOptions {
  core::Schedule eps = 1e-8;           ///< outside the root; 0 allowed
  core::Schedule score_memory = 1000;  ///< of the scores' mean and spread, in updates; at least 1
};

/// RMSprop that finds its own memory (experimental): a bank of accumulators with n = 3, 9 … 729 updates.
/// Each is scored by how well its last step agrees with the gradient that came after it, pooled over all
/// parameters,
///   s_k = mean_i(g_i·g'_i/√v_k,i) / rms(g),   g' and v_k of the update before,
/// and the t-statistics of s_k − mean_j s_j, through a softmax, weigh the steps that the experts propose:
///   u = g·Σ_k w_k/(√v_k + ε).
/// No learning rate of its own. Use one for each network. Keeps 7 numbers for each parameter; `memory` is
/// exp(Σ w_k ln n_k). Zero gradients never give NaN; one NaN in g makes every weight NaN, so that it shows.
///
/// It follows the best fixed ρ when drift is slow or absent, and falls behind a ρ that was matched to fast
/// drift: by 12–31% of the return under action flips every 200–400 updates, and by 2–6% of the regret on a
/// noisy quadratic whose scale switches.
template <class Scalar>
Stage<Scalar> scale_by_align_bank(const AlignBankOptions& options, std::size_t size);

}  // namespace rhoam::optim
