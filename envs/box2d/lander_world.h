#pragma once
#include <box2d/box2d.h>

#include <array>
#include <span>
#include <utility>

namespace rhoam::envs {

constexpr double kLanderScale = 30;  ///< pixels of Gymnasium's viewport per metre
constexpr double kLanderWidth = 600 / kLanderScale, kLanderHeight = 400 / kLanderScale;
constexpr double kLegDown = 18 / kLanderScale;  ///< from the hull's origin to the feet
constexpr double kLegHalfWidth = 2 / kLanderScale, kLegHalfHeight = 8 / kLanderScale;
constexpr std::array<std::pair<double, double>, 6> kHullPixels = {
    {{-14, 17}, {-17, 0}, {-17, -10}, {17, -10}, {17, 0}, {14, 17}}};

inline b2Vec2 to_vec(double x, double y) { return {static_cast<float>(x), static_cast<float>(y)}; }

/// One episode's Box2D world: ground, hull, two legs on limited motor joints, and the contacts with the
/// ground. legs[0] is the one that Gymnasium calls left; it is built at x + 20 pixels.
struct LanderWorld final : b2ContactListener {
  /// `terrain` [11] heights at x = 0, 2, … 20 m; the force in newton acts during the first step.
  LanderWorld(std::span<const double> terrain, b2Vec2 initial_force);

  void BeginContact(b2Contact* contact) override { touch(contact, true); }
  void EndContact(b2Contact* contact) override { touch(contact, false); }
  bool any_leg_contact() const { return leg_contact[0] || leg_contact[1]; }
  /// Sets the joints' limits so that Box2D 2.4 solves them during the next step as 2.3 does.
  void choose_limits();

  b2World world{b2Vec2(0, 0)};
  b2Body* hull = nullptr;
  std::array<b2Body*, 2> legs{};
  std::array<b2RevoluteJoint*, 2> joints{};
  std::array<bool, 2> leg_contact{};
  bool hull_contact = false;

 private:
  void touch(b2Contact* contact, bool touching);
  void build_ground(std::span<const double> terrain);
  void build_hull();
  void build_leg(int index);
};

}  // namespace rhoam::envs
