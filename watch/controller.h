#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "rhoam/training/checkpoint.h"

namespace rhoam::watch {

/// Output of a policy for one state; empty or NaN where absent.
struct PolicyOutput {
  std::vector<float> outputs;  ///< the actor's logits or means [O]
  std::vector<float> spread;   ///< probability of each action, or σ of each component [O]
  double value = std::numeric_limits<double>::quiet_NaN();  ///< the critic's V(s), in rewards
};

/// Chooses the actions in a world of one row.
class Controller {
 public:
  virtual ~Controller() = default;
  /// Evaluates an observation [D].
  virtual void think(std::span<const float> obs, PolicyOutput& thought) = 0;
  /// Writes the action [A] for this output: the most probable one if `greedy`, else a sample that depends
  /// only on seed and step, so that an episode can be replayed from any step.
  virtual void act(const PolicyOutput& thought, std::uint64_t seed, std::int64_t step, bool greedy,
                   std::span<float> action) = 0;
};

/// Plays the agent of a checkpoint.
std::unique_ptr<Controller> make_agent_controller(const core::Tensors& checkpoint,
                                                  const agents::Networks& networks);

/// Plays uniformly random actions, within the bounds if continuous; ignores `greedy`.
std::unique_ptr<Controller> make_random_controller(const envs::ActionSpace& actions);

}  // namespace rhoam::watch
