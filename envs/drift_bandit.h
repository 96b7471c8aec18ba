#pragma once
#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/envs/shared_world.h"
#include "rhoam/envs/unit_ou.h"

namespace rhoam::envs {

/// A bandit of ten arms whose mean rewards wander, each a stationary Ornstein-Uhlenbeck process with N(0, 1).
///  - action: the arm; observation: one component, always 0, so that a policy without hidden layers has ten
///  free logits. Their common level, which a softmax does not see, drifts under RMSprop, by 0.03 per update
///  with the tuned defaults: up to 10^6 updates floats still resolve a step.
///  - reward: mean of the arm + reward_noise · N(0, 1); regret: best mean − mean of the arm
struct DriftBandit {
  static constexpr int kArms = 10;
  double correlation_time = 1000;
  double reward_noise = 1;
  UnitOu<kArms> means;

  static std::span<const Param<DriftBandit>> params() {
    static constexpr Param<DriftBandit> kParams[] = {
        {"correlation_time", &DriftBandit::correlation_time, 1, 1e9, "updates"},
        {"reward_noise", &DriftBandit::reward_noise, 0, 1000, "s.d."},
    };
    return kParams;
  }

  EnvSpec spec() const {
    std::vector<std::string> names;
    for (int arm = 0; arm < kArms; ++arm) names.push_back("arm " + std::to_string(arm));
    return {.id = "DriftBandit-v0",
            .observation = {{0, 0}},
            .action = {.n = kArms, .bounds = {}, .names = std::move(names)},
            .max_episode_steps = 1,
            .reward_threshold = std::numeric_limits<double>::infinity(),
            .summary = "pull the best of ten arms whose mean rewards wander"};
  }

  void start(core::Draws& draws) { means.start(draws); }
  void move(core::Draws& draws) { means.move(correlation_time, draws); }
  void observe(std::span<float> out, core::Draws&) const { out[0] = 0; }
  double reward(std::span<const float>, std::span<const float> action, core::Draws& draws) const {
    return mean(action) + reward_noise * draws.normal();
  }
  double regret(std::span<const float>, std::span<const float> action) const {
    return std::ranges::max(means.values) - mean(action);
  }

  void save(Words& out) const { means.save(out); }
  void load(WordReader& in) { means.load(in); }

  /// The means as bars, the best and the pulled arm marked.
  void draw(DrawList& out, std::span<const float> seen, std::span<const float> action) const;

 private:
  double mean(std::span<const float> action) const {
    return means.values[static_cast<std::size_t>(action[0])];
  }
};

}  // namespace rhoam::envs
