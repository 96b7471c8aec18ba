#pragma once
#include <memory>

#include "rhoam/agents/agent.h"
#include "rhoam/agents/config.h"

namespace rhoam::agents {

/// REINFORCE (Williams 1992) on whole episodes, with or without a learned baseline. An update takes the first
/// `episodes` episodes to finish, and those that finish with them. Where rows run in parallel this differs
/// from the textbook in two ways: short episodes are over-represented, and episodes still running at an
/// update keep their steps of the older policy, which the next updates then take for the newer one's.
struct ReinforceConfig {
  NetworkConfig network;
  optim::OptimizerConfig actor;
  optim::OptimizerConfig critic;
  int episodes = 8;           ///< finished episodes per update
  bool baseline = true;       ///< subtract a learned V(s)
  int baseline_updates = 10;  ///< optimizer steps of V per update of the policy
  double gamma = 0.99;
  core::Schedule entropy_coef = core::Schedule(0.0);
  bool center_advantage = false;  ///< subtract the mean of the update's other samples
  bool normalize_advantage = true;
  void describe(core::Options& options);
  /// Why an option has no effect, see optim::unused; empty when it has one.
  std::string unused(const std::string& option) const;
};

/// Until episodes have ended, a half-life in steps is converted to updates as if each took
/// `max_episode_steps`.
std::unique_ptr<Agent> make_reinforce(const ReinforceConfig&, const AgentContext&);

}  // namespace rhoam::agents
