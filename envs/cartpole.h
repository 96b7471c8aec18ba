#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>

#include "rhoam/envs/env.h"

namespace rhoam::envs {

/// CartPole-v1 (Barto, Sutton & Anderson 1983) as in Gymnasium: a pole hinged on a cart that is pushed left
/// or right.
///  - action: 0 pushes left, 1 right
///  - observation: cart position x [m], velocity [m/s], pole angle θ [rad, 0 is upright], angular velocity
///    [rad/s]
///  - reward: 1 for every step, the last one included; start: all four uniform on ±0.05
///  - ends: |x| > x_threshold or |θ| > theta_threshold_radians
struct CartPole {
  double gravity = 9.8;
  double masscart = 1.0;
  double masspole = 0.1;
  double length = 0.5;
  double force_mag = 10.0;
  double tau = 0.02;
  double integrator = 0;
  double theta_threshold_radians = 12 * 2 * std::numbers::pi / 360;
  double x_threshold = 2.4;

  /// x, x', θ, θ'.
  std::array<double, 4> state{};
  /// The force of the last step [N]; 0 before the first. For drawing only.
  double pushed = 0;

  static std::span<const Param<CartPole>> params() {
    static constexpr Param<CartPole> kParams[] = {
        {"gravity", &CartPole::gravity, 0, 100, "m/s²"},
        {"masscart", &CartPole::masscart, 0.01, 100, "kg"},
        {"masspole", &CartPole::masspole, 0.001, 100, "kg"},
        {"length", &CartPole::length, 0.01, 10, "m, half the pole"},
        {"force_mag", &CartPole::force_mag, -100, 100, "N"},
        {"tau", &CartPole::tau, 0.0001, 0.1, "s"},
        {"integrator", &CartPole::integrator, 0, 1, "0 euler, 1 semi-implicit euler", true},
        {"theta_threshold_radians", &CartPole::theta_threshold_radians, 0.01, 1.57, "rad"},
        {"x_threshold", &CartPole::x_threshold, 0.1, 100, "m"},
    };
    return kParams;
  }

  EnvSpec spec() const {
    constexpr float kInfinity = std::numeric_limits<float>::infinity();
    const CartPole fresh;
    const auto x = static_cast<float>(2 * fresh.x_threshold);
    const auto theta = static_cast<float>(2 * fresh.theta_threshold_radians);
    return {.id = "CartPole-v1",
            .observation = {{-x, x}, {-kInfinity, kInfinity}, {-theta, theta}, {-kInfinity, kInfinity}},
            .action = {.n = 2, .bounds = {}, .names = {"left", "right"}},
            .max_episode_steps = 500,
            .reward_threshold = 475,
            .summary = "balance a pole on a cart by pushing left or right"};
  }

  void reset(core::Draws& draws) {
    for (auto& value : state) value = draws.uniform(-0.05, 0.05);
    pushed = 0;
  }

  Step step(std::span<const float> action, core::Draws&) {
    pushed = action[0] == 1 ? force_mag : -force_mag;
    const auto [x_acceleration, theta_acceleration] = accelerations(pushed);
    auto& [x, x_dot, theta, theta_dot] = state;
    if (integrator == 0) {
      x += tau * x_dot;
      x_dot += tau * x_acceleration;
      theta += tau * theta_dot;
      theta_dot += tau * theta_acceleration;
    } else {
      x_dot += tau * x_acceleration;
      x += tau * x_dot;
      theta_dot += tau * theta_acceleration;
      theta += tau * theta_dot;
    }
    return {.reward = 1,
            .terminated = std::abs(x) > x_threshold || std::abs(theta) > theta_threshold_radians};
  }

  void observe(std::span<float> out) const {
    std::ranges::transform(state, out.begin(), [](double value) { return static_cast<float>(value); });
  }

  void save(Words& out) const {
    for (const double value : state) out.put(value);
  }
  void load(WordReader& in) {
    for (auto& value : state) value = in.real();
    pushed = 0;
  }

  /// Gymnasium's picture, zoomed out where the track or the pole is longer than Gymnasium's.
  void draw(DrawList& out) const;

 private:
  struct Accelerations {
    double x, theta;
  };

  /// Florian (2007), "Correct equations for the dynamics of the cart-pole system", without friction.
  Accelerations accelerations(double force) const {
    const double total_mass = masspole + masscart;
    const double pole_mass_length = masspole * length;
    const double sine = std::sin(state[2]), cosine = std::cos(state[2]);
    const double push = (force + pole_mass_length * (state[3] * state[3]) * sine) / total_mass;
    const double theta =
        (gravity * sine - cosine * push) / (length * (4.0 / 3.0 - masspole * (cosine * cosine) / total_mass));
    return {push - pole_mass_length * theta * cosine / total_mass, theta};
  }
};

}  // namespace rhoam::envs
