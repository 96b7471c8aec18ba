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

/// What a step must at least do.
struct Work {
  std::size_t size;  ///< parameters
  int states;        ///< arrays that the optimizer keeps beside them; counted up to 4
  bool divides;      ///< by a root
};

/// Found from the state that an optimizer of this config saves.
Work work_of(const optim::OptimizerConfig& config, std::size_t size);

/// `size` floats near `value`, not all alike.
std::vector<float> filled(std::size_t size, float value);

/// The optimizer's step over `size` parameters of its own; by all threads of the pool when there is one.
Body optimizer_step(std::shared_ptr<optim::Optimizer<float>> optimizer, std::size_t size,
                    core::ThreadPool* pool = nullptr);

/// Reads the gradient, reads and writes θ and the states, and does next to nothing with them; by all threads
/// of the pool when there is one.
Body memory_limit(const Work& work, core::ThreadPool* pool = nullptr);

/// Takes a root and divides by it, one each per parameter, in the first-level cache.
Body arithmetic_limit(const Work& work);

/// A step and what none that does its work can beat, measured in turns on one thread; seconds.
struct StepTimes {
  double step;
  double memory;
  double arithmetic;  ///< 0 where it does not divide
  double peer;        ///< 0 without one
  double of_limit() const { return std::max(memory, arithmetic) / step; }
};

/// `make_peer` gives what else is to be timed; it and what it gives may be empty.
StepTimes time_step(const optim::OptimizerConfig& config, std::size_t size,
                    const std::function<Body()>& make_peer = {});

}  // namespace rhoam::bench
