#pragma once
#include <memory>

#include "rhoam/agents/agent.h"
#include "rhoam/agents/config.h"

namespace rhoam::agents {

/// Proximal policy optimisation with a clipped objective (Schulman et al. 2017).
struct PpoConfig : ActorCriticConfig {
  int epochs = 4;        ///< passes over each rollout
  int batch_size = 256;  ///< samples per minibatch; one minibatch is one update
  core::Schedule clip_range = core::Schedule(0.2);
  double value_clip = 0;  ///< 0 is off; else see clipped_value (agents/losses.h)
  /// 0 is off. Otherwise the actor's epochs end at the first minibatch whose divergence from the old policy
  /// exceeds 1.5 times this, before its step, as in Stable-Baselines3. Unlike there, the critic completes all
  /// its epochs.
  double target_kl = 0;
  void describe(core::Options& options);
};

/// Throws UsageError when a rollout would hold more than 2^31 − 1 samples.
std::unique_ptr<Agent> make_ppo(const PpoConfig&, const AgentContext&);

}  // namespace rhoam::agents
