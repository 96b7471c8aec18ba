#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "rhoam/envs/env.h"

namespace rhoam::envs {

struct LanderWorld;  // hides Box2D

/// How the angular limits of the legs' joints are solved: docs/decisions/0001-box2d-joint-limits.md.
enum class JointLimits {
  box2d_24,  ///< as the linked Box2D does it
  box2d_23,  ///< one-sided while the joint is beyond a limit, off between them: what Gymnasium's Box2D 2.3
             ///< does
};

/// The running episode's rewards by source; their sum is its return.
struct LanderReturn {
  double distance = 0, speed = 0, angle = 0, legs = 0;  ///< change of the shaping since the reset
  double main_engine = 0, side_engines = 0;
  double ending = 0;  ///< replaces all other rewards of the last step
};

/// The visible state of a lander, in metres and radians of the 20 × 13.3 m world.
struct LanderScene {
  /// Position and angle of the body's origin, velocity of its centre of mass.
  struct Body {
    double x, y, angle, vx, vy, omega;
  };
  Body hull;
  std::array<Body, 2> legs;
  std::array<bool, 2> leg_contact;
  bool hull_contact;               ///< the crash
  std::array<double, 11> terrain;  ///< height of the ground at x = 0, 2, … 20
  double main_throttle;            ///< 0, or 0.5 … 1 while the main engine fires
  double side_throttle;            ///< 0, or ±0.5 … ±1: the sign is that of the action
  double wind, turbulence;         ///< force [N] and torque [N m] on the hull during the last step
};

/// LunarLander-v3 and LunarLanderContinuous-v3 (Klimov 2016) with Gymnasium's physics: land between the flags
/// at (0, 0).
///  - action: 0 nothing, 1 left engine, 2 main engine, 3 right engine; continuous: [main, lateral] on ±1,
///    where main > 0 throttles 50 … 100 % and |lateral| > 0.5 likewise
///  - observation: x, y, x', y' (scaled to the viewport), angle [rad], angular velocity (× 0.4), left and
///    right leg touch
///  - reward: change of −100·(distance + speed + |angle|) + 10 per leg on the ground, −0.3 main and −0.03
///    side throttle; −100 for a crash or for leaving the viewport, +100 for coming to rest
///  - wind: tanh(sin 2kt + sin πkt), k = 0.01, on the hull while no leg touches
/// Throttles are double here and binary32 in Gymnasium; flames are not simulated, since they do not affect
/// the physics.
struct LunarLander {
  double gravity = -10;
  double enable_wind = 0;
  double wind_power = 15;
  double turbulence_power = 1.5;
  double main_engine_power = 13;
  double side_engine_power = 0.6;

  static constexpr bool kHeavy = true;
  static constexpr bool kReplays = true;  // a Box2D world can be neither copied nor saved

  explicit LunarLander(bool continuous = false, JointLimits limits = JointLimits::box2d_23);
  ~LunarLander();
  LunarLander(LunarLander&&) noexcept;
  LunarLander& operator=(LunarLander&&) noexcept;

  static std::span<const Param<LunarLander>> params();
  EnvSpec spec() const;
  /// Draws 12 heights, the initial force (x, y), with wind its two phases, then what the implied first step
  /// draws. Without wind the phases are derived from the initial force, in case the wind is turned on during
  /// the episode; Gymnasium then has none.
  void reset(core::Draws& draws);
  /// Draws the two dispersions of the engines, whether or not one fires.
  Step step(std::span<const float> action, core::Draws& draws);
  void observe(std::span<float> out) const;

  LanderScene scene() const;
  const LanderReturn& earned() const { return earned_; }
  /// Gymnasium's picture.
  void draw(DrawList& out) const;
  void fingerprint(Words& out) const;

 private:
  struct Throttle {
    double main, side, direction;
  };
  struct Dispersion {
    double along, across;
  };
  struct Wind {
    double force, torque;
  };

  Throttle throttle(std::span<const float> action) const;
  void blow();
  void fire(const Throttle& throttle, const Dispersion& dispersion);
  /// Shaping of a state, by component.
  struct Shaping {
    double distance, speed, angle, left_leg, right_leg;
    double sum() const { return distance + speed + angle + left_leg + right_leg; }
  };

  Step judge();
  Step end(double reward);
  Step go_on(const Shaping& before);
  std::array<double, 8> state() const;

  bool continuous_;
  JointLimits limits_;
  std::unique_ptr<LanderWorld> world_;
  std::array<double, 11> terrain_{};
  Throttle fired_{};
  Wind wind_{};
  std::optional<Shaping> shaping_;  // none before the first step
  LanderReturn earned_;
  std::int64_t wind_phase_ = 0, torque_phase_ = 0;  // of this episode, whether or not the wind is on
};

}  // namespace rhoam::envs
