#pragma once
#include <span>
#include <string>

#include "rhoam/envs/env.h"

namespace rhoam::envs {

/// Perturbations between any environment and its agent; the defaults change nothing.
struct Perturbations {
  static constexpr int kMaxDelay = 31;  ///< steps
  double reward_scale = 0;
  double observation_noise = 0;
  double observation_gain = 1;
  double action_flip = 0;
  double action_permutation = 0;
  double action_delay = 0;
  double sticky_actions = 0;

  static std::span<const Param<Perturbations>> params() {
    static constexpr Param<Perturbations> kParams[] = {
        {"reward-scale", &Perturbations::reward_scale, -100, 100, "log-variance: rewards times exp(x/2)"},
        {"observation-noise", &Perturbations::observation_noise, 0, 1e6, "s.d. on every component seen"},
        {"observation-gain", &Perturbations::observation_gain, -1e6, 1e6, "factor of every component seen"},
        {"action-flip", &Perturbations::action_flip, 0, 1, "0 off, 1: n-1-a, continuous -a", true},
        {"action-permutation", &Perturbations::action_permutation, 0, 1000,
         "k: (a+k) mod n, continuous rotates components by k", true},
        {"action-delay", &Perturbations::action_delay, 0, kMaxDelay, "steps", true},
        {"sticky-actions", &Perturbations::sticky_actions, 0, 1,
         "probability that the last action is repeated"},
    };
    return kParams;
  }
};

/// Whether a parameter of this name is a perturbation and so requires a Perturbed around the environment.
bool is_perturbation(const std::string& name);

}  // namespace rhoam::envs
