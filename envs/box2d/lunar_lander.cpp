#include "rhoam/envs/box2d/lunar_lander.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "rhoam/envs/box2d/lander_world.h"

namespace rhoam::envs {
namespace {

constexpr double kFps = 50;
constexpr double kPadHeight = kLanderHeight / 4;
constexpr double kInitialForce = 1000;  // N
constexpr double kSideEngineHeight = 14 / kLanderScale, kSideEngineAway = 12 / kLanderScale;
constexpr std::int64_t kMostPhase = 9999;
constexpr int kVelocityIterations = 180, kPositionIterations = 60;
// No warm start yet: Box2D 2.4 solves a limit and its joint in turn and needs twice the iterations of 2.3,
// which solves both as one block.
constexpr int kFirstVelocityIterations = 360;

LanderScene::Body body_state(const b2Body& body) {
  const auto& position = body.GetPosition();
  const auto& velocity = body.GetLinearVelocity();
  return {position.x, position.y, body.GetAngle(), velocity.x, velocity.y, body.GetAngularVelocity()};
}

/// A phase in the range of drawn ones, for an episode that draws none, since Gymnasium draws none without
/// wind.
std::int64_t phase_from(double drawn) {
  return -kMostPhase +
         static_cast<std::int64_t>(core::splitmix(std::bit_cast<std::uint64_t>(drawn), 0) % (2 * kMostPhase));
}

double gust(std::int64_t phase) {
  const auto t = static_cast<double>(phase);
  return std::tanh(std::sin(0.02 * t) + std::sin(std::numbers::pi * 0.01 * t));
}

}  // namespace

LunarLander::LunarLander(bool continuous, JointLimits limits) : continuous_(continuous), limits_(limits) {}
LunarLander::~LunarLander() = default;
LunarLander::LunarLander(LunarLander&&) noexcept = default;
LunarLander& LunarLander::operator=(LunarLander&&) noexcept = default;

std::span<const Param<LunarLander>> LunarLander::params() {
  static constexpr Param<LunarLander> kParams[] = {
      {"gravity", &LunarLander::gravity, -12, 0, "m/s², negative is down"},
      {"enable_wind", &LunarLander::enable_wind, 0, 1, "0 off, 1 on", true},
      {"wind_power", &LunarLander::wind_power, 0, 20, "N"},
      {"turbulence_power", &LunarLander::turbulence_power, 0, 2, "N m"},
      {"main_engine_power", &LunarLander::main_engine_power, 0, 100, "N s/m, impulse per metre of offset"},
      {"side_engine_power", &LunarLander::side_engine_power, 0, 10, "N s/m, impulse per metre of offset"},
  };
  return kParams;
}

EnvSpec LunarLander::spec() const {
  constexpr auto kPi = std::numbers::pi_v<float>;
  EnvSpec spec{.id = continuous_ ? "LunarLanderContinuous-v3" : "LunarLander-v3",
               .observation = {{-2.5F, 2.5F},
                               {-2.5F, 2.5F},
                               {-10, 10},
                               {-10, 10},
                               {-2 * kPi, 2 * kPi},
                               {-10, 10},
                               {0, 1},
                               {0, 1}},
               .action = {},
               .max_episode_steps = 1000,
               .reward_threshold = 200,
               .summary = continuous_ ? "land between two flags with throttled engines"
                                      : "land between two flags with one main and two side engines"};
  if (continuous_)
    spec.action = {.n = 0, .bounds = {{-1, 1}, {-1, 1}}, .names = {"main", "lateral"}};
  else
    spec.action = {.n = 4, .bounds = {}, .names = {"nothing", "left engine", "main engine", "right engine"}};
  return spec;
}

void LunarLander::reset(core::Draws& draws) {
  std::array<double, 12> height;
  for (auto& h : height) h = draws.uniform(0, kLanderHeight / 2);
  std::fill(height.begin() + 3, height.begin() + 8, kPadHeight);
  for (std::size_t i = 0; i < terrain_.size(); ++i)
    terrain_[i] = 0.33 * (height[(i + 11) % 12] + height[i] + height[i + 1]);
  const double force_x = draws.uniform(-kInitialForce, kInitialForce);
  const double force_y = draws.uniform(-kInitialForce, kInitialForce);
  wind_phase_ = enable_wind != 0 ? draws.integer(-kMostPhase, kMostPhase) : phase_from(force_x);
  torque_phase_ = enable_wind != 0 ? draws.integer(-kMostPhase, kMostPhase) : phase_from(force_y);
  world_ = std::make_unique<LanderWorld>(terrain_, to_vec(force_x, force_y));
  shaping_.reset();
  const std::array<float, 2> idle{};
  step(idle, draws);
  earned_ = {};
}

LunarLander::Throttle LunarLander::throttle(std::span<const float> action) const {
  if (!continuous_) {
    const double side = action[0] == 1 || action[0] == 3 ? 1 : 0;
    return {.main = action[0] == 2 ? 1.0 : 0.0, .side = side, .direction = action[0] - 2};
  }
  const double main = std::clamp(action[0], -1.0F, 1.0F), lateral = std::clamp(action[1], -1.0F, 1.0F);
  return {.main = main > 0 ? (main + 1) * 0.5 : 0.0,
          .side = std::abs(lateral) > 0.5 ? std::abs(lateral) : 0.0,
          .direction = lateral < 0 ? -1.0 : 1.0};
}

void LunarLander::blow() {
  wind_ = {};
  if (enable_wind == 0 || world_->any_leg_contact()) return;
  wind_ = {.force = gust(wind_phase_++) * wind_power, .torque = gust(torque_phase_++) * turbulence_power};
  world_->hull->ApplyForceToCenter(to_vec(wind_.force, 0), true);
  world_->hull->ApplyTorque(static_cast<float>(wind_.torque), true);
}

void LunarLander::fire(const Throttle& throttle, const Dispersion& dispersion) {
  b2Body& hull = *world_->hull;
  const double angle = hull.GetAngle(), x = hull.GetPosition().x, y = hull.GetPosition().y;
  const double sine = std::sin(angle), cosine = std::cos(angle);
  if (throttle.main > 0) {
    const double down = 4 / kLanderScale + 2 * dispersion.along;
    const double ox = sine * down - cosine * dispersion.across,
                 oy = -cosine * down - sine * dispersion.across;
    const double impulse = -main_engine_power * throttle.main;
    hull.ApplyLinearImpulse(to_vec(ox * impulse, oy * impulse), to_vec(x + ox, y + oy), true);
  }
  if (throttle.side > 0) {
    const double across = 3 * dispersion.across + throttle.direction * kSideEngineAway;
    const double ox = sine * dispersion.along - cosine * across,
                 oy = -cosine * dispersion.along - sine * across;
    const double impulse = -side_engine_power * throttle.side;
    const b2Vec2 nozzle = to_vec(x + ox - sine * 17 / kLanderScale, y + oy + cosine * kSideEngineHeight);
    hull.ApplyLinearImpulse(to_vec(ox * impulse, oy * impulse), nozzle, true);
  }
}

Step LunarLander::step(std::span<const float> action, core::Draws& draws) {
  blow();
  const double along = draws.uniform(-1, 1) / kLanderScale;
  const double across = draws.uniform(-1, 1) / kLanderScale;
  fired_ = throttle(action);
  fire(fired_, {.along = along, .across = across});
  world_->world.SetGravity(to_vec(0, gravity));
  int iterations = kVelocityIterations;
  if (limits_ == JointLimits::box2d_23) {
    world_->choose_limits();
    if (!shaping_) iterations = kFirstVelocityIterations;
  }
  world_->world.Step(static_cast<float>(1 / kFps), iterations, kPositionIterations);
  return judge();
}

Step LunarLander::judge() {
  const auto s = state();
  const Shaping now{.distance = -100 * std::sqrt(s[0] * s[0] + s[1] * s[1]),
                    .speed = -100 * std::sqrt(s[2] * s[2] + s[3] * s[3]),
                    .angle = -100 * std::abs(s[4]),
                    .left_leg = 10 * s[6],
                    .right_leg = 10 * s[7]};
  const Shaping before = shaping_.value_or(now);
  shaping_ = now;
  if (!world_->hull->IsAwake()) return end(100);  // beats a crash, as in Gymnasium
  if (world_->hull_contact || std::abs(s[0]) >= 1) return end(-100);
  return go_on(before);
}

Step LunarLander::end(double reward) {
  earned_.ending += reward;
  return {.reward = reward, .terminated = true};
}

Step LunarLander::go_on(const Shaping& before) {
  const Shaping& now = *shaping_;
  const double main = 0.30 * fired_.main, side = 0.03 * fired_.side;
  earned_.distance += now.distance - before.distance;
  earned_.speed += now.speed - before.speed;
  earned_.angle += now.angle - before.angle;
  earned_.legs += now.left_leg - before.left_leg + now.right_leg - before.right_leg;
  earned_.main_engine -= main;
  earned_.side_engines -= side;
  return {.reward = now.sum() - before.sum() - main - side, .terminated = false};
}

std::array<double, 8> LunarLander::state() const {
  const auto hull = body_state(*world_->hull);
  return {(hull.x - kLanderWidth / 2) / (kLanderWidth / 2),
          (hull.y - (kPadHeight + kLegDown)) / (kLanderHeight / 2),
          hull.vx * (kLanderWidth / 2) / kFps,
          hull.vy * (kLanderHeight / 2) / kFps,
          hull.angle,
          20 * hull.omega / kFps,
          world_->leg_contact[0] ? 1.0 : 0.0,
          world_->leg_contact[1] ? 1.0 : 0.0};
}

void LunarLander::observe(std::span<float> out) const {
  std::ranges::transform(state(), out.begin(), [](double value) { return static_cast<float>(value); });
}

void LunarLander::fingerprint(Words& out) const {
  const LanderScene now = scene();
  for (const auto& body : {now.hull, now.legs[0], now.legs[1]})
    for (const double value : {body.x, body.y, body.angle, body.vx, body.vy, body.omega}) out.put(value);
  for (const bool touches : {now.leg_contact[0], now.leg_contact[1], now.hull_contact})
    out.put(std::uint64_t{touches});
  out.put(shaping_ ? shaping_->sum() : 0.0);
  out.put(wind_phase_);
  out.put(torque_phase_);
}

LanderScene LunarLander::scene() const {
  return {.hull = body_state(*world_->hull),
          .legs = {body_state(*world_->legs[0]), body_state(*world_->legs[1])},
          .leg_contact = world_->leg_contact,
          .hull_contact = world_->hull_contact,
          .terrain = terrain_,
          .main_throttle = fired_.main,
          .side_throttle = fired_.side * fired_.direction,
          .wind = wind_.force,
          .turbulence = wind_.torque};
}

}  // namespace rhoam::envs
