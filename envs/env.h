#pragma once
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/random.h"
#include "envs/draw_list.h"
#include "envs/words.h"

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
  std::vector<std::string> names = {};  ///< of the actions, or of the components; for viewers, may be empty
  bool discrete() const { return n > 0; }
  int size() const { return discrete() ? 1 : static_cast<int>(bounds.size()); }
};

/// The fixed facts about an environment, with Gymnasium's id and values.
struct EnvSpec {
  std::string id;
  std::vector<Bound> observation;  ///< one interval per component, as Gymnasium's observation space
  ActionSpace action;
  int max_episode_steps = 0;    ///< truncation after this many steps
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
  double low, high;  ///< allowed values, inclusive
  const char* unit;
  bool whole = false;  ///< only whole numbers: a switch or a choice
};

/// What an author of an environment writes: a plain struct, no base class. Physics and reward in double,
/// observations cast once.
///  - `spec()`: the facts; `params()`: a span over the constant parameter table
///  - `reset(draws)`: a fresh start; `step(action, draws)`: everything derived from the current parameters
///  - `observe(out)`: writes observation_size() floats
///  - either `save(Words&) const` and `load(WordReader&)` for the full state, or `static constexpr bool
///  kReplays = true`:
///    the batch then restores a running episode by replaying it, which is exact, and `fingerprint(Words&)
///    const` tells the physical state, for hashes
///  - optional `void draw(DrawList&) const`: what there is to see
///  - optional `double regret(std::span<const float> action) const`: how much less this action is worth now,
///  in expectation, than the best one; for metrics, never for the agent
///  - optional `static constexpr bool kHeavy = true`: a step takes microseconds, so rows are worth spreading
///  over threads
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
