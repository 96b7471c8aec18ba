#pragma once
#include <cstddef>
#include <type_traits>

#include "optim/transform.h"

// Sanitizers are not yet running when the loader picks a clone, so their builds take the baseline.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define RHOAM_KERNEL __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define RHOAM_KERNEL
#endif

namespace rhoam::optim {

/// Asks for the cache lines that a loop over `stream` reaches soon; the hardware's own prefetching stops at
/// each page. Past the end it is harmless.
template <std::size_t kElements, class T>
inline void prefetch(T* stream) {
  constexpr std::size_t kLine = 64, kAhead = 1024;  // bytes
  const char* ahead = reinterpret_cast<const char*>(stream) + kAhead;
  for (std::size_t at = 0; at < kElements * sizeof(T); at += kLine)
    __builtin_prefetch(ahead + at, std::is_const_v<T> ? 0 : 1);
}

/// Runs rule(0) … rule(n−1), each touching element i alone, with the widest vectors of this CPU. `streams`
/// are the arrays that it touches, to be fetched ahead. Files that use it are compiled with
/// -ffp-contract=off: every instruction set, and every place within a block, then gives the same bits.
template <class Rule, class... Streams>
RHOAM_KERNEL void each(std::size_t n, Rule rule, Streams*... streams) {
  constexpr std::size_t kElements = 64;
  std::size_t begin = 0;
  for (; begin + kElements <= n; begin += kElements) {
    (prefetch<kElements>(streams + begin), ...);
#pragma GCC ivdep
    for (std::size_t i = begin; i < begin + kElements; ++i) rule(i);
  }
#pragma GCC ivdep
  for (std::size_t i = begin; i < n; ++i) rule(i);
}

/// The body of a stage's `apply`: u = rule(i), which reads block.in[i] and the stage's own `state` at i. At
/// the end of the chain fused with the descent and with the momentum before it.
template <class Scalar, class Rule, class... State>
void rewrite(const Block<Scalar>& block, Rule rule, State*... state) {
  if (!block.descend)
    each(
        block.size, [=, out = block.out](std::size_t i) { out[i] = rule(i); }, block.in, state...);
  else if (!block.momentum.m)
    each(
        block.size,
        [=, theta = block.descend, rate = block.rate](std::size_t i) { theta[i] -= rate * rule(i); },
        block.in, block.descend, state...);
  else
    each(
        block.size,
        [=, theta = block.descend, rate = block.rate, momentum = block.momentum, m = block.momentum.m](
            std::size_t i) { theta[i] -= rate * momentum.through_momentum(rule(i), m[i]); },
        block.in, block.descend, block.momentum.m, state...);
}

}  // namespace rhoam::optim
