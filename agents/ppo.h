#pragma once
#include <memory>

#include "agents/agent.h"
#include "agents/config.h"

namespace rhoam::agents {

/// Proximal policy optimisation with a clipped objective (Schulman et al. 2017).
struct PpoConfig : ActorCriticConfig {
  int epochs = 4;        ///< passes over each rollout
  int batch_size = 256;  ///< samples per minibatch; one minibatch is one update
  core::Schedule clip_range = core::Schedule(0.2);
  double value_clip =
      0;  ///< 0 is off; otherwise V may move this far from its old value (as in Stable-Baselines3)
  double target_kl = 0;  ///< 0 is off; otherwise the actor stops its epochs beyond 1.5 times this divergence
  void describe(core::Options& options);
};

std::unique_ptr<Agent> make_ppo(const PpoConfig&, const AgentContext&);

}  // namespace rhoam::agents
