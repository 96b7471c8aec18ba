#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/core/clock.h"
#include "rhoam/optim/hyper.h"

namespace rhoam::optim {

/// The current update.
struct Moment {
  std::int64_t t = 0;  ///< number of this update of this optimizer, from 1
  core::Clocks clocks;
  double gradient_norm =
      std::numeric_limits<double>::quiet_NaN();  ///< before clipping; set by the stage that reduces it
};

/// Scalars in each block but the last: 8 KiB, so that a stage's arrays fit in the first-level cache together.
template <class Scalar>
inline constexpr std::size_t kBlockScalars = 8192 / sizeof(Scalar);

/// Number of blocks of a vector of `size`.
template <class Scalar>
constexpr std::size_t count_blocks(std::size_t size) {
  return (size + kBlockScalars<Scalar> - 1) / kBlockScalars<Scalar>;
}

/// A momentum that the stage before takes along, which saves a pass: m ← keep·m + take·u, then
/// u ← direct·take·u + through·m.
template <class Scalar>
struct Momentum {
  Scalar* m = nullptr;  ///< null: none
  Scalar keep = 0, take = 1;
  Scalar direct = 0, through = 1;

  Scalar through_momentum(Scalar u, Scalar& old) const {
    const Scalar taken = take * u;
    old = keep * old + taken;
    return direct * taken + through * old;
  }
};

/// Not a light stage; u ← amount·u; u clamped to ±amount; u ← u + amount·θ. In the order in which Lights
/// applies them.
enum class LightKind { none, scale, limit, pull };

/// A stage that is one cheap operation on each u.
template <class Scalar>
struct Light {
  LightKind kind = LightKind::none;
  Scalar amount = 0;
};

/// u + pull·θ; u itself where pull is 0, whatever θ.
template <class Scalar>
Scalar pulled(Scalar u, Scalar pull, Scalar theta) {
  return pull == 0 ? u : u + pull * theta;
}

/// Light stages that the stage after them takes along, at most one of each kind and in this order.
template <class Scalar>
struct Lights {
  Scalar scale = 1, limit = std::numeric_limits<Scalar>::infinity(), pull = 0;

  void add(const Light<Scalar>& light) {
    if (light.kind == LightKind::scale) scale = light.amount;
    if (light.kind == LightKind::limit) limit = light.amount;
    if (light.kind == LightKind::pull) pull = light.amount;
  }
  Scalar through(Scalar u, Scalar theta) const {
    const Scalar scaled = scale * u, capped = scaled > limit ? limit : scaled;
    return pulled(capped < -limit ? -limit : capped, pull, theta);
  }
};

/// A piece of the flat vector on its way through the chain; every array has `size` scalars.
template <class Scalar>
struct Block {
  std::size_t begin;  ///< index of the first scalar in the flat vector, where a stage finds its own state
  std::size_t size;
  const Scalar* theta;        ///< parameters before the update
  const Scalar* gradient;     ///< as the caller gave it
  const Scalar* in;           ///< the gradient as rewritten by the stages before
  Scalar* out;                ///< where the stage writes; may be `in`
  Scalar* descend = nullptr;  ///< for the last stage, instead of `out`: θ, which becomes θ − rate·u
  Scalar rate = 0;
  // What the stage takes along; applied by `rewrite`.
  bool takes_lights = false;
  Lights<Scalar> before = {};
  Momentum<Scalar> momentum = {};  ///< with `descend`
  Scalar pull_after = 0;  ///< u ← u + pull·θ after the momentum; with `descend` and `takes_lights`

  /// The number of the block, under which a stage keeps its partial result.
  std::size_t index() const { return begin / kBlockScalars<Scalar>; }
};

/// State that a stage keeps between updates, by name; listed once, borrowed for as long as the stage lives.
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
  /// Called once per update, before any block: reads the schedules.
  virtual void begin(const Moment&) {}
  /// True when the stage must see every block (`reduce`, then once `finish`) before the first `apply`: costs
  /// a pass. Several threads reduce and apply, each a different block: a stage keeps one partial result for
  /// each block and `finish` sums them in order.
  virtual bool reduces() const { return false; }
  virtual void reduce(const Block<Scalar>&) {}
  virtual void finish(Moment&) {}
  /// Elementwise, by `rewrite` of optim/kernel.h: a block's result does not depend on where the vector was
  /// cut. Not called on a light stage.
  virtual void apply(const Block<Scalar>&) {}
  /// For a light stage: all that it does in this update. It needs no `apply`: its neighbour takes it along.
  virtual Light<Scalar> light() const { return {}; }
  /// For a momentum: what the stage before may take along, which saves a pass.
  virtual Momentum<Scalar> momentum(std::size_t /*begin*/) { return {}; }
  virtual void list_state(State<Scalar>&) {}

  /// Effective memory of the accumulator v, in updates, at the last update; NaN for a stage without one.
  virtual double memory() const { return std::numeric_limits<double>::quiet_NaN(); }
  /// √v̂ and the divisor (√v̂ + ε) of the last update for the parameters from `begin` on; false for a stage
  /// that does not divide.
  virtual bool divisors(std::size_t /*begin*/, std::span<Scalar> /*root_v*/,
                        std::span<Scalar> /*divisor*/) const {
    return false;
  }
  /// v ← factor·v; 0 forgets it, and the next update is bias-corrected like the first.
  virtual void rescale_v(double /*factor*/) {}
};

/// Null stands for a stage that is switched off.
template <class Scalar>
using Stage = std::unique_ptr<Transform<Scalar>>;
template <class Scalar>
using Stages = std::vector<Stage<Scalar>>;

}  // namespace rhoam::optim
