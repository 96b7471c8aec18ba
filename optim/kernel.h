#pragma once
#include <cstddef>
#include <type_traits>

#include "rhoam/optim/transform.h"

// Flat, since a rule that is called instead of inlined is compiled for the baseline and not vectorised.
// Sanitizers are not yet running when the loader picks a clone, so their builds take the baseline.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define RHOAM_KERNEL __attribute__((flatten, target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define RHOAM_KERNEL
#endif

namespace rhoam::optim {

/// Prefetches the cache lines that a loop over `stream` will reach soon; the hardware's own prefetching stops
/// at each page. Harmless past the end.
template <std::size_t kElements, class T>
inline void prefetch(T* stream) {
  constexpr std::size_t kLine = 64, kAhead = 1024;  // bytes
  const char* ahead = reinterpret_cast<const char*>(stream) + kAhead;
  for (std::size_t at = 0; at < kElements * sizeof(T); at += kLine)
    __builtin_prefetch(ahead + at, std::is_const_v<T> ? 0 : 1);
}

/// Runs rule(0) … rule(n−1), each touching element i alone, with the widest vectors of this CPU. `streams`
/// are the arrays that it touches, to be prefetched. Files that use it are compiled with -ffp-contract=off:
/// every instruction set, and every place within a block, then gives the same bits.
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

/// Writes u = update(i) where the block wants it: to `out` or, at the end of the chain, through its remaining
/// stages to θ.
template <bool kTakesLights, class Scalar, class Update, class... State>
void put(const Block<Scalar>& block, Update update, State*... state) {
  const auto descend = [theta = block.descend, rate = block.rate, pull = block.pull_after](std::size_t i,
                                                                                           Scalar u) {
    theta[i] -= rate * (kTakesLights ? pulled(u, pull, theta[i]) : u);
  };
  if (!block.descend)
    each(
        block.size, [=, out = block.out](std::size_t i) { out[i] = update(i); }, block.in, state...);
  else if (!block.momentum.m)
    each(
        block.size, [=](std::size_t i) { descend(i, update(i)); }, block.in, block.descend, state...);
  else
    each(
        block.size,
        [=, momentum = block.momentum, m = block.momentum.m](std::size_t i) {
          descend(i, momentum.through_momentum(update(i), m[i]));
        },
        block.in, block.descend, block.momentum.m, state...);
}

/// The body of a stage's `apply`: u ← rule(i, u), which reads the stage's own `state` at i, together with
/// whatever the stage takes along.
template <class Scalar, class Rule, class... State>
void rewrite(const Block<Scalar>& block, Rule rule, State*... state) {
  if (block.takes_lights)
    put<true>(
        block,
        [=, in = block.in, theta = block.theta, before = block.before](std::size_t i) {
          return rule(i, before.through(in[i], theta[i]));
        },
        state...);
  else
    put<false>(
        block, [=, in = block.in](std::size_t i) { return rule(i, in[i]); }, state...);
}

}  // namespace rhoam::optim
