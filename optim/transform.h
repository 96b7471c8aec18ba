#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "optim/hyper.h"

namespace rhoam::optim {

/// The update that is under way.
struct Moment {
  std::int64_t t = 0;  ///< number of this update of this optimizer, from 1
  core::Clocks clocks;
  double gradient_norm =
      std::numeric_limits<double>::quiet_NaN();  ///< before clipping; set by the stage that reduces it
};

/// A piece of the flat vector on its way through the chain; every array holds `size` scalars.
template <class Scalar>
struct Block {
  std::size_t begin;  ///< index of the first scalar in the flat vector, where a stage finds its own state
  std::size_t size;
  const Scalar* theta;        ///< parameters before the update
  const Scalar* gradient;     ///< as the caller gave it
  const Scalar* in;           ///< what the stages before have made of the gradient
  Scalar* out;                ///< where the stage writes; may be `in`
  Scalar* descend = nullptr;  ///< for the last stage, instead of `out`: θ, which becomes θ − rate·u
  Scalar rate = 0;
};

/// What a stage keeps between updates, by name; listed once, borrowed for as long as the stage lives.
template <class Scalar>
struct State {
  std::vector<std::pair<std::string, std::span<Scalar>>> vectors;
  std::vector<std::pair<std::string, double*>> numbers;
  std::vector<Hyper*> hypers;
};

/// One stage of an optimizer: rewrites the update u, block by block.
template <class Scalar>
class Transform {
 public:
  virtual ~Transform() = default;
  /// Once per update, before any block: reads the schedules.
  virtual void begin(const Moment&) {}
  /// True when the stage must see every block (`reduce`, in order, then `finish`) before the first `apply`:
  /// costs a pass.
  virtual bool reduces() const { return false; }
  virtual void reduce(const Block<Scalar>&) {}
  virtual void finish(Moment&) {}
  /// Elementwise, by `rewrite` of optim/kernel.h: a block's result does not depend on where the vector was
  /// cut.
  virtual void apply(const Block<Scalar>&) = 0;
  virtual void list_state(State<Scalar>&) {}
};

/// Null stands for a stage that is switched off.
template <class Scalar>
using Stage = std::unique_ptr<Transform<Scalar>>;
template <class Scalar>
using Stages = std::vector<Stage<Scalar>>;

}  // namespace rhoam::optim
