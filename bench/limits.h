#pragma once
#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "rhoam/bench/turns.h"
#include "rhoam/core/thread_pool.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::bench {

/// Minimal work of a step.
struct Work {
  std::size_t size;  ///< parameters
  int states;        ///< state arrays of the optimizer; counted up to 4
  bool divides;      ///< whether it divides by a root
};

/// The work of an optimizer of this config, found from the state that it saves.
Work work_of(const optim::OptimizerConfig& config, std::size_t size);

/// `size` floats near `value`, not all equal.
std::vector<float> filled(std::size_t size, float value);

/// The optimizer's step over `size` parameters of its own; on all threads of the pool if there is one.
Body optimizer_step(std::shared_ptr<optim::Optimizer<float>> optimizer, std::size_t size,
                    core::ThreadPool* pool = nullptr);

/// Reads the gradient, reads and writes θ and the states, with almost no arithmetic; on all threads of the
/// pool if there is one.
Body memory_limit(const Work& work, core::ThreadPool* pool = nullptr);

/// One square root and one division by it per parameter, in the first-level cache.
Body arithmetic_limit(const Work& work);

/// Times of a step and of its limits, measured in turns on one thread; seconds.
struct StepTimes {
  double step;
  double memory;
  double arithmetic;  ///< 0 if it does not divide
  double peer;        ///< 0 without a peer
  double of_limit() const { return std::max(memory, arithmetic) / step; }
};

/// `make_peer` returns another body to be timed; both may be empty.
StepTimes time_step(const optim::OptimizerConfig& config, std::size_t size,
                    const std::function<Body()>& make_peer = {});

}  // namespace rhoam::bench
