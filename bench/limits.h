#pragma once
#include <cstddef>
#include <memory>
#include <vector>

#include "bench/turns.h"
#include "core/thread_pool.h"
#include "optim/recipes.h"

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

/// A step that reads the gradient, reads and writes θ and the states, and does next to nothing with them; by
/// all threads of the pool when there is one.
Body moving_limit(const Work& work, core::ThreadPool* pool = nullptr);

/// A step that takes a root and divides by it, one each per parameter, in the first-level cache.
Body arithmetic_limit(const Work& work);

}  // namespace rhoam::bench
