#pragma once
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rhoam/core/random.h"
#include "rhoam/envs/draw_list.h"
#include "rhoam/envs/state_io.h"

namespace rhoam::envs {

/// What one step of one environment returns; truncation is the batch's business.
struct Step {
  double reward = 0;
  bool terminated = false;
};

/// An interval of each component of an action or observation.
struct Bound {
  float low;
  float high;
};

/// The actions of an environment. An action is always `size` floats: one float that holds 0 … n−1 when
/// discrete.
struct ActionSpace {
  int n = 0;                            ///< number of discrete actions; 0 means continuous
  std::vector<Bound> bounds;            ///< continuous: one interval per component
  std::vector<std::string> names = {};  ///< of all actions or components, each its own; or none. For viewers
  bool discrete() const { return n > 0; }
  int size() const { return discrete() ? 1 : static_cast<int>(bounds.size()); }
};

/// The fixed facts about an environment, with Gymnasium's id and values.
struct EnvSpec {
  std::string id;
  std::vector<Bound> observation;  ///< one interval per component, as Gymnasium's observation space
  ActionSpace action;
  int max_episode_steps = 0;    ///< truncation after this many steps, at least 1
  double reward_threshold = 0;  ///< mean return that counts as solved; infinity: there is none
  std::string summary;          ///< one line for `rhoam list`
  int observation_size() const { return static_cast<int>(observation.size()); }
};

/// A parameter of the world that may be set before and between steps, and so can drift. One constexpr table
/// per type.
template <class E>
struct Param {
  const char* name;  ///< Gymnasium's name, or the physics'
  double E::*member;
  double low, high;  ///< allowed values, inclusive and finite
  const char* unit;
  bool whole = false;  ///< only whole numbers: a switch or a choice
};

/// What an author of an environment writes: a plain struct, no base class. Physics and reward in double,
/// observations cast once. The contract tests of tests/envs demand what is said here and no more.
///  - `spec()`: the facts, always the same; at least one component to observe and one action, or component of
///    it, to take
///  - `params()`: a span over the constant parameter table, which may be empty; each parameter begins within
///    its range
///  - `reset(draws)`: a start that depends on the draws and the parameters alone: nothing of the episodes
///    before may be left, even where a parameter that is changed later would bring it to light. It need not
///    draw: every episode may start alike
///  - `step(action, draws)`: one step on, everything derived from the parameters as they are now: any of them
///    may take any value of its range between any two steps. The action is one of the space, but a continuous
///    one may lie outside its bounds. An episode may end at any step or never: the time limit is the batch's
///    business
///  - `observe(out) const`: writes observation_size() finite floats within spec().observation
///  - either `save(Words&) const` and `load(WordReader&)`: all that decides what comes next, except for the
///    parameters; what is only drawn may be left out. `load` throws CorruptError on what cannot be a state
///  - or `static constexpr bool kReplays = true`: the batch then restores a running episode by playing it
///    again from its start, which is exact, and compares its state by `fingerprint(Words&) const` with that
///    of the saved one
///  - optional `void draw(DrawList&) const`: what there is to see, whatever the parameters: a view of 3 : 2,
///    something in each layer, coordinates below 1e5; the action shown is that of the last step
///  - optional `double regret(std::span<const float> action) const`: how much less this action is worth now,
///    in expectation, than the best one; for metrics, never for the agent
///  - optional `static constexpr bool kHeavy = true`: a step takes microseconds, so rows are worth spreading
///    over threads
template <class E>
concept Env = requires(E env, const E constant, core::Draws& draws, std::span<const float> action,
                       std::span<float> out) {
  { constant.spec() } -> std::convertible_to<EnvSpec>;
  { E::params() } -> std::convertible_to<std::span<const Param<E>>>;
  env.reset(draws);
  { env.step(action, draws) } -> std::same_as<Step>;
  constant.observe(out);
};

/// True for environments that can only be restored by replaying their episode.
template <class E>
constexpr bool replays() {
  if constexpr (requires { E::kReplays; }) return E::kReplays;
  return false;
}

/// True for worlds that can be looked at.
template <class E>
constexpr bool draws_itself() {
  return requires(const E env, DrawList& out) { env.draw(out); };
}

/// True for environments whose step is expensive enough to be handed to another thread.
template <class E>
constexpr bool heavy() {
  if constexpr (requires { E::kHeavy; }) return E::kHeavy;
  return false;
}

/// True for environments that know the regret of an action.
template <class E>
constexpr bool offers_regret() {
  return requires(const E env, std::span<const float> action) {
    { env.regret(action) } -> std::convertible_to<double>;
  };
}

}  // namespace rhoam::envs
