#pragma once
#include <cstdint>
#include <vector>

#include "core/options.h"
#include "core/thread_pool.h"

namespace rhoam::lab {

/// The seeds that a random experiment averages over.
struct Seeds {
  int count = 10;
  std::uint64_t first = 0;

  /// Seed number i of the experiment.
  std::uint64_t operator[](int i) const { return first + static_cast<std::uint64_t>(i); }

  /// Declares --seeds and --seed.
  void describe(core::Options& options) {
    options.add("seeds", count, "seeds to average over", {.low = 1, .high = 1000});
    options.add("seed", first, "first of them", {.low = 0, .high = 1e15});
  }

  /// measure(seed) of each seed, in their order; a task of the pool each.
  template <class Measure>
  auto each(core::ThreadPool& pool, Measure&& measure) const {
    std::vector<decltype(measure(first))> results(static_cast<std::size_t>(count));
    pool.run(count, [&](int i) { results[i] = measure((*this)[i]); });
    return results;
  }
};

}  // namespace rhoam::lab
