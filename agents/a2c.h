#pragma once
#include <memory>

#include "rhoam/agents/agent.h"
#include "rhoam/agents/config.h"

namespace rhoam::agents {

/// Advantage actor-critic (Mnih et al. 2016, synchronous): one update per network and rollout, on all of its
/// samples.
struct A2cConfig : ActorCriticConfig {
  A2cConfig() {
    rollout_steps = 5;
    gae_lambda = 1;
    normalize_advantage = false;
  }
};

/// Throws UsageError when a rollout would hold more than 2^31 − 1 samples.
std::unique_ptr<Agent> make_a2c(const A2cConfig&, const AgentContext&);

}  // namespace rhoam::agents
