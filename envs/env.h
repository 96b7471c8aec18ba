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

/// Result of one step of one environment; truncation is handled by the batch.
struct Step {
  double reward = 0;
  bool terminated = false;
};

/// The interval of one component of an action or observation.
struct Bound {
  float low;
  float high;
};

/// The actions of an environment. An action is always `size` floats: a single float in 0 … n−1 when discrete.
struct ActionSpace {
  int n = 0;                            ///< number of discrete actions; 0 means continuous
  std::vector<Bound> bounds;            ///< continuous: one interval per component
  std::vector<std::string> names = {};  ///< one per action or component, all distinct; or none. For viewers
  bool discrete() const { return n > 0; }
  int size() const { return discrete() ? 1 : static_cast<int>(bounds.size()); }
};

/// The fixed facts about an environment, with Gymnasium's id and values.
struct EnvSpec {
  std::string id;
  std::vector<Bound> observation;  ///< one interval per component, as Gymnasium's observation space
  ActionSpace action;
  int max_episode_steps = 0;    ///< truncation after this many steps, at least 1
  double reward_threshold = 0;  ///< mean return that counts as solved; infinity: none
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

/// Requirements on an environment: a plain struct, no base class. Physics and reward in double, observations
/// cast once. The contract tests of tests/envs check exactly what is said here.
///  - `spec()`: constant facts; at least one observation component and at least one action, or action
///    component
///  - `params()`: a span over the constant parameter table, which may be empty; each parameter starts within
///    its range
///  - `reset(draws)`: an initial state that depends only on the draws and the parameters: nothing of earlier
///    episodes may remain, not even what only a later parameter change would reveal. It need not draw: all
///    episodes may start alike
///  - `step(action, draws)`: advances one step, with everything derived from the current parameters: any of
///    them may take any value of its range between any two steps. The action belongs to the space, but a
///    continuous one may lie outside its bounds. An episode may end at any step or never: the time limit is
///    handled by the batch
///  - `observe(out) const`: writes observation_size() finite floats within spec().observation
///  - either `save(Words&) const` and `load(WordReader&)`: everything that determines the future, except for
///    the parameters; what is only drawn may be left out. `load` throws CorruptError on an impossible state
///  - or `static constexpr bool kReplays = true`: the batch then restores a running episode by replaying it
///    from its start, which is exact, and compares its `fingerprint(Words&) const` with that of the saved one
///  - optional `void draw(DrawList&) const`: the picture, for all parameter values: a view of 3 : 2,
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

/// True for environments that can be drawn.
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
