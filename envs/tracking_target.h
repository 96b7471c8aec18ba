#pragma once
#include <limits>
#include <numeric>
#include <span>

#include "rhoam/envs/shared_world.h"
#include "rhoam/envs/unit_ou.h"

namespace rhoam::envs {

/// A linear target that wanders: w(t) ∈ R⁸, each component a stationary Ornstein-Uhlenbeck process with N(0,
/// 1).
///  - observation: φ ~ N(0, I₈), a new one for every episode; action: one number a, not clipped
///  - reward: −(a − w·φ)² + reward_noise · N(0, 1); regret: (a − w·φ)²
struct TrackingTarget {
  static constexpr int kWidth = 8;
  double correlation_time = 300;
  double reward_noise = 0.3;
  UnitOu<kWidth> target;

  static std::span<const Param<TrackingTarget>> params() {
    static constexpr Param<TrackingTarget> kParams[] = {
        {"correlation_time", &TrackingTarget::correlation_time, 1, 1e9, "updates"},
        {"reward_noise", &TrackingTarget::reward_noise, 0, 1000, "s.d."},
    };
    return kParams;
  }

  EnvSpec spec() const {
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    return {.id = "TrackingTarget-v0",
            .observation = std::vector<Bound>(kWidth, {-kInfinity, kInfinity}),
            .action = {.n = 0, .bounds = {{-10, 10}}, .names = {"guess"}},
            .max_episode_steps = 1,
            .reward_threshold = std::numeric_limits<double>::infinity(),
            .summary = "name the value of a linear function whose weights wander"};
  }

  void start(core::Draws& draws) { target.start(draws); }
  void move(core::Draws& draws) { target.move(correlation_time, draws); }
  void observe(std::span<float> out, core::Draws& draws) const {
    for (float& value : out) value = static_cast<float>(draws.normal());
  }
  double reward(std::span<const float> seen, std::span<const float> action, core::Draws& draws) const {
    return -regret(seen, action) + reward_noise * draws.normal();
  }
  double regret(std::span<const float> seen, std::span<const float> action) const {
    const double error = static_cast<double>(action[0]) - value(seen);
    return error * error;
  }

  void save(Words& out) const { target.save(out); }
  void load(WordReader& in) { target.load(in); }

  /// The function's value and the guess on one scale, with the error between them.
  void draw(DrawList& out, std::span<const float> seen, std::span<const float> action) const;

 private:
  double value(std::span<const float> seen) const {
    return std::inner_product(seen.begin(), seen.end(), target.values.begin(), 0.0);
  }
};

}  // namespace rhoam::envs
