#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "rhoam/training/checkpoint.h"

namespace rhoam::watch {

/// What a policy makes of one state; empty or NaN where there is none.
struct PolicyOutput {
  std::vector<float> outputs;  ///< of the actor: logits, or means [O]
  std::vector<float> spread;   ///< probability of each action, or σ of each component [O]
  double value = std::numeric_limits<double>::quiet_NaN();  ///< the critic's V(s), in rewards
};

/// Who chooses the actions of a world of one row.
class Controller {
 public:
  virtual ~Controller() = default;
  /// Looks at an observation [D].
  virtual void think(std::span<const float> obs, PolicyOutput& thought) = 0;
  /// The action [A] after this thought: the most probable one, or a sample that depends on seed and step
  /// alone, so that an episode can be played again from any step.
  virtual void act(const PolicyOutput& thought, std::uint64_t seed, std::int64_t step, bool greedy,
                   std::span<float> action) = 0;
};

/// The agent of a checkpoint.
std::unique_ptr<Controller> make_agent_controller(const core::Tensors& checkpoint,
                                                  const agents::Networks& networks);

/// Uniform over the actions, or over the bounds; it is never greedy.
std::unique_ptr<Controller> make_random_controller(const envs::ActionSpace& actions);

}  // namespace rhoam::watch
