#pragma once
#include <cstddef>

#include "optim/transform.h"

// Sanitizers are not yet running when the loader picks a clone, so their builds take the baseline.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define RHOAM_KERNEL __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define RHOAM_KERNEL
#endif

namespace rhoam::optim {

/// Runs rule(0) … rule(n−1), each touching element i alone, with the widest vectors of this CPU. Files that
/// use it are compiled with -ffp-contract=off: every instruction set, and every place within a block, then
/// gives the same bits.
template <class Rule>
RHOAM_KERNEL void each(std::size_t n, Rule rule) {
#pragma GCC ivdep
  for (std::size_t i = 0; i < n; ++i) rule(i);
}

/// The body of a stage's `apply`: u = rule(i), which reads block.in[i] and the stage's own state at i. At the
/// end of the chain fused with the descent and with the momentum before it.
template <class Scalar, class Rule>
void rewrite(const Block<Scalar>& block, Rule rule) {
  if (!block.descend)
    each(block.size, [=, out = block.out](std::size_t i) { out[i] = rule(i); });
  else if (!block.momentum.m)
    each(block.size,
         [=, theta = block.descend, rate = block.rate](std::size_t i) { theta[i] -= rate * rule(i); });
  else
    each(block.size,
         [=, theta = block.descend, rate = block.rate, momentum = block.momentum, m = block.momentum.m](
             std::size_t i) { theta[i] -= rate * momentum.through_momentum(rule(i), m[i]); });
}

}  // namespace rhoam::optim
