#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "rhoam/core/tensors.h"
#include "rhoam/core/thread_pool.h"
#include "rhoam/optim/chain.h"
#include "rhoam/tests/optim/optimize.h"

namespace rhoam::optim {

/// An optimizer of these stages at rate 1.
template <class Scalar = float, class... Rest>
Chain<Scalar> chain(std::size_t size, Rest... stages) {
  Stages<Scalar> all;
  (all.push_back(std::move(stages)), ...);
  return {"test", std::move(all), Hyper("lr", 1.0, kNonNegative), size};
}

/// θ [size] after 9 steps on noise.
template <class Scalar>
std::vector<Scalar> walked(Optimizer<Scalar>& optimizer, std::size_t size) {
  auto theta = noise<Scalar>(99, size);
  walk(optimizer, theta, 0, 9);
  return theta;
}

/// The same by another optimizer that goes on from the state after 4 steps.
template <class Scalar>
std::vector<Scalar> walked_in_two(Optimizer<Scalar>& first, Optimizer<Scalar>& second, std::size_t size) {
  auto theta = noise<Scalar>(99, size);
  walk(first, theta, 0, 4);
  core::Tensors saved;
  first.save(saved, "actor/");
  second.load(saved, "actor/");
  walk(second, theta, 4, 9);
  return theta;
}

/// The same on three threads.
template <class Scalar>
std::vector<Scalar> walked_on_threads(Optimizer<Scalar>& optimizer, std::size_t size) {
  core::ThreadPool pool(core::ThreadPool::Exactly{3});
  optimizer.set_pool(&pool);
  return walked(optimizer, size);
}

}  // namespace rhoam::optim
