#include "rhoam/envs/box2d/lander_world.h"

#include <algorithm>
#include <cstdint>

namespace rhoam::envs {
namespace {

constexpr double kLegAway = 20 / kLanderScale;
constexpr double kLegTilt = 0.05;        // rad
constexpr float kLegSpringTorque = 40;   // N·m
constexpr float kLegSpringSpeed = 0.3F;  // rad/s, too slow to jump back into the sky
constexpr std::uint16_t kGround = 0x0001, kHull = 0x0010, kLeg = 0x0020;

struct Interval {
  float low, high;
};

// Range of the legs' angles, relative to how they were built.
constexpr std::array<Interval, 2> kLegLimits = {{{0.4F, 0.9F}, {-0.9F, -0.4F}}};
constexpr float kFarAngle = 1000;  // a limit that is never reached

}  // namespace

LanderWorld::LanderWorld(std::span<const double> terrain, b2Vec2 initial_force) {
  world.SetContactListener(this);
  build_ground(terrain);
  build_hull();
  hull->ApplyForceToCenter(initial_force, true);
  for (int i = 0; i < 2; ++i) build_leg(i);
}

void LanderWorld::build_ground(std::span<const double> terrain) {
  const b2BodyDef still;
  b2Body* ground = world.CreateBody(&still);
  b2EdgeShape edge;
  edge.SetTwoSided(to_vec(0, 0), to_vec(kLanderWidth, 0));
  ground->CreateFixture(&edge, 0);
  for (std::size_t i = 0; i + 1 < terrain.size(); ++i) {
    const double chunk = kLanderWidth / 10, x = chunk * static_cast<double>(i);
    edge.SetTwoSided(to_vec(x, terrain[i]), to_vec(x + chunk, terrain[i + 1]));
    b2FixtureDef fixture;
    fixture.shape = &edge;
    fixture.friction = 0.1F;
    ground->CreateFixture(&fixture);
  }
}

void LanderWorld::build_hull() {
  std::array<b2Vec2, kHullPixels.size()> vertices;
  std::ranges::transform(kHullPixels, vertices.begin(),
                         [](auto p) { return to_vec(p.first / kLanderScale, p.second / kLanderScale); });
  b2PolygonShape polygon;
  polygon.Set(vertices.data(), static_cast<int>(vertices.size()));
  b2BodyDef body;
  body.type = b2_dynamicBody;
  body.position = to_vec(kLanderWidth / 2, kLanderHeight);
  b2FixtureDef fixture;
  fixture.shape = &polygon;
  fixture.density = 5;
  fixture.friction = 0.1F;
  fixture.filter.categoryBits = kHull;
  fixture.filter.maskBits = kGround;
  hull = world.CreateBody(&body);
  hull->CreateFixture(&fixture);
}

void LanderWorld::build_leg(int index) {
  const double side = index == 0 ? -1 : 1;
  b2PolygonShape box;
  box.SetAsBox(static_cast<float>(kLegHalfWidth), static_cast<float>(kLegHalfHeight));
  b2BodyDef body;
  body.type = b2_dynamicBody;
  body.position = to_vec(kLanderWidth / 2 - side * kLegAway, kLanderHeight);
  body.angle = static_cast<float>(side * kLegTilt);
  b2FixtureDef fixture;
  fixture.shape = &box;
  fixture.density = 1;
  fixture.filter.categoryBits = kLeg;
  fixture.filter.maskBits = kGround;
  b2Body* leg = legs[index] = world.CreateBody(&body);
  leg->CreateFixture(&fixture);

  b2RevoluteJointDef joint;
  joint.bodyA = hull;
  joint.bodyB = leg;
  joint.localAnchorB = to_vec(side * kLegAway, kLegDown);
  joint.referenceAngle = body.angle;  // as pybox2d sets it: the difference of the bodies' angles
  joint.enableMotor = joint.enableLimit = true;
  joint.maxMotorTorque = kLegSpringTorque;
  joint.motorSpeed = static_cast<float>(side) * kLegSpringSpeed;
  joint.lowerAngle = kLegLimits[index].low;
  joint.upperAngle = kLegLimits[index].high;
  joints[index] = static_cast<b2RevoluteJoint*>(world.CreateJoint(&joint));
}

void LanderWorld::touch(b2Contact* contact, bool touching) {
  const b2Body* a = contact->GetFixtureA()->GetBody();
  const b2Body* b = contact->GetFixtureB()->GetBody();
  if (touching && (a == hull || b == hull)) hull_contact = true;
  for (int i = 0; i < 2; ++i)
    if (a == legs[i] || b == legs[i]) leg_contact[i] = touching;
}

void LanderWorld::choose_limits() {
  for (int i = 0; i < 2; ++i) {
    const auto [low, high] = kLegLimits[i];
    const float angle = joints[i]->GetJointAngle();
    const bool below = angle <= low, above = angle >= high;
    // Both calls do nothing when nothing changes; a change wakes the bodies and forgets the limit's impulse.
    joints[i]->EnableLimit(below || above);
    if (below) joints[i]->SetLimits(low, kFarAngle);
    if (above) joints[i]->SetLimits(-kFarAngle, high);
  }
}

}  // namespace rhoam::envs
