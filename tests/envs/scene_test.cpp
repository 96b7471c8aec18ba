// What the pictures of single environments show, and where.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "rhoam/envs/box2d/lander_world.h"
#include "rhoam/envs/box2d/lunar_lander.h"
#include "rhoam/envs/cartpole.h"
#include "rhoam/envs/drift_bandit.h"
#include "rhoam/envs/tracking_target.h"

namespace rhoam::envs {
namespace {

template <class E>
DrawList drawn(const E& env) {
  DrawList list;
  env.draw(list);
  return list;
}

/// The points of the first shape of an ink; none when there is none.
std::vector<Spot> spots(const DrawList& list, Ink ink) {
  const auto found = std::ranges::find(list.shapes(), ink, &Shape::ink);
  if (found == list.shapes().end()) return {};
  const auto points = list.points(*found);
  return {points.begin(), points.end()};
}

auto count(const DrawList& list, Ink ink) { return std::ranges::count(list.shapes(), ink, &Shape::ink); }

double highest(const std::vector<Spot>& points) { return std::ranges::max(points, {}, &Spot::y).y; }

std::map<std::string, double> gauges(const DrawList& list) {
  std::map<std::string, double> values;
  for (const Gauge& gauge : list.gauges()) values[gauge.name] = gauge.value;
  return values;
}

TEST(CartPoleScene, IsGymnasiumsPicture) {
  CartPole env;
  env.state = {1, 0, 0, 0};
  const auto list = drawn(env);
  constexpr double kPixel = 1 / 125.0;
  EXPECT_DOUBLE_EQ(list.view().left, -2.4);
  EXPECT_DOUBLE_EQ(list.view().right, 2.4);
  EXPECT_DOUBLE_EQ(list.view().bottom, -100 * kPixel);
  EXPECT_DOUBLE_EQ(list.view().top, 300 * kPixel);
  EXPECT_NEAR(spots(list, Ink::cart)[0].x, 1 - 25 * kPixel, 1e-12);
  EXPECT_NEAR(highest(spots(list, Ink::cart)), 15 * kPixel, 1e-12);
  EXPECT_NEAR(highest(spots(list, Ink::pole)), (7.5 + 125 - 5) * kPixel, 1e-12);
  EXPECT_NEAR(spots(list, Ink::joint)[0].y, 7.5 * kPixel, 1e-12);
}

TEST(CartPoleScene, APositiveAngleLeansToTheRight) {
  CartPole env;
  env.state = {0, 0, 0.2, 0};
  const auto pole = spots(drawn(env), Ink::pole);
  EXPECT_GT(std::ranges::max(pole, {}, &Spot::y).x, 0.1);
}

TEST(CartPoleScene, ShowsALongPoleAndALongTrackWhole) {
  CartPole env;
  env.length = 10;
  EXPECT_GT(drawn(env).view().top, highest(spots(drawn(env), Ink::pole)));
  env.x_threshold = 50;
  EXPECT_GE(drawn(env).view().right, 50);
}

TEST(CartPoleScene, ThePushPointsAtTheCart) {
  CartPole env;
  core::StreamDraws draws;
  env.reset(draws);
  EXPECT_EQ(count(drawn(env), Ink::thrust), 0);
  const float right = 1;
  env.step({&right, 1}, draws);
  const auto push = spots(drawn(env), Ink::thrust);
  EXPECT_LT(push[0].x, push[1].x);
  EXPECT_LT(push[1].x, env.state[0]);
}

LunarLander lander(std::span<const float> actions, core::StreamDraws& draws, double wind = 0) {
  LunarLander env;
  env.enable_wind = wind;
  env.reset(draws);
  for (const float action : actions) env.step({&action, 1}, draws);
  return env;
}

DrawList lander_scene(std::vector<float> actions, double wind = 0) {
  core::StreamDraws draws{core::Stream(1)};
  return drawn(lander(actions, draws, wind));
}

TEST(LanderScene, IsGymnasiumsPicture) {
  const auto list = lander_scene({});
  EXPECT_NEAR(list.view().right, 20, 1e-12);
  EXPECT_NEAR(list.view().top, 400 / 30.0, 1e-12);
  EXPECT_EQ(list.view().behind, Ink::space);
  EXPECT_EQ(count(list, Ink::flag), 2);
  const auto pole = spots(list, Ink::flag_pole);
  EXPECT_NEAR(pole[0].x, 8, 1e-12);
  EXPECT_NEAR(pole[1].y - pole[0].y, 50 / 30.0, 1e-12);
  EXPECT_EQ(spots(list, Ink::body).size(), 6U);
  EXPECT_EQ(count(list, Ink::limb), 2);
}

TEST(LanderScene, TheMainEngineBlowsDownAndPushesUp) {
  const auto list = lander_scene({0, 2});
  ASSERT_EQ(list.exhausts().size(), 1U);
  EXPECT_EQ(list.exhausts()[0].power, 1);
  EXPECT_LT(list.exhausts()[0].velocity.y, -20);
  const auto thrust = spots(list, Ink::thrust);
  EXPECT_GT(thrust[1].y, thrust[0].y);
}

TEST(LanderScene, ASideEngineBlowsAwayFromWhereItPushes) {
  for (const float action : {1.0F, 3.0F}) {
    const auto list = lander_scene({0, action});
    ASSERT_EQ(list.exhausts().size(), 1U);
    const auto thrust = spots(list, Ink::thrust);
    EXPECT_EQ(list.exhausts()[0].velocity.x > 0, action == 1);
    EXPECT_EQ(thrust[1].x < thrust[0].x, action == 1);
  }
}

TEST(LanderScene, QuietEnginesShowNothing) {
  const auto list = lander_scene({2, 0});
  EXPECT_TRUE(list.exhausts().empty());
  EXPECT_EQ(count(list, Ink::thrust), 0);
}

TEST(LanderScene, AMarkStandsAtTheUpperEdgeBelowALanderThatIsOut) {
  core::StreamDraws draws{core::Stream(1)};
  auto env = lander({}, draws);
  EXPECT_EQ(count(drawn(env), Ink::body), 1);
  const float up = 2;
  for (int step = 0; step < 1000 && env.scene().hull.y < kLanderHeight + 2; ++step) env.step({&up, 1}, draws);
  const auto list = drawn(env);
  ASSERT_EQ(count(list, Ink::body), 2);
  const auto tip = list.points(*std::ranges::find_if(
      list.shapes(), [](const Shape& shape) { return shape.ink == Ink::body && shape.count == 3; }))[0];
  EXPECT_EQ(tip.x, env.scene().hull.x);
  EXPECT_LT(tip.y, kLanderHeight);
}

TEST(LanderScene, LegsOnTheGroundLightUp) {
  core::StreamDraws draws{core::Stream(1)};
  auto env = lander({}, draws);
  const float idle = 0;
  while (!env.scene().leg_contact[0] && !env.scene().leg_contact[1]) env.step({&idle, 1}, draws);
  EXPECT_GE(count(drawn(env), Ink::lit), 1);
}

TEST(LanderScene, WindIsShownWhereItBlows) {
  EXPECT_FALSE(gauges(lander_scene({0})).contains("wind"));
  const auto windy = gauges(lander_scene({0}, 1));
  EXPECT_NE(windy.at("wind"), 0);
  EXPECT_LE(std::abs(windy.at("wind")), LunarLander().wind_power);
  EXPECT_NE(windy.at("turbulence"), 0);
  EXPECT_EQ(windy.at("gravity"), -10);
}

TEST(LanderScene, NoWindBlowsWhileALegStands) {
  core::StreamDraws draws{core::Stream(1)};
  auto env = lander({}, draws, 1);
  const float idle = 0;
  while (!env.scene().leg_contact[0] && !env.scene().leg_contact[1]) env.step({&idle, 1}, draws);
  env.step({&idle, 1}, draws);
  EXPECT_EQ(gauges(drawn(env)).at("wind"), 0);
}

TEST(BanditScene, MarksThePulledArmAndTheBest) {
  DriftBandit bandit;
  bandit.means.values = {0, 1, 2, -5, 0, 0, 0, 9, 0, 0};
  DrawList list;
  bandit.draw(list, {}, std::vector<float>{2});
  EXPECT_EQ(count(list, Ink::bar), 9);
  EXPECT_EQ(highest(spots(list, Ink::chosen)), 2);
  EXPECT_EQ(list.gauges()[0].value, 7);
  const auto& best = list.shapes().back();
  EXPECT_EQ(list.text(best), "best");
  EXPECT_EQ(list.points(best)[0].x, 7);
  EXPECT_LT(list.points(best)[0].y, list.view().top);
}

TEST(TargetScene, TheErrorReachesFromTheGuessToTheTarget) {
  TrackingTarget world;
  world.target.values = {3};
  DrawList list;
  world.draw(list, std::vector<float>{1, 0, 0, 0, 0, 0, 0, 0}, std::vector<float>{-2});
  const auto error = spots(list, Ink::thrust);
  EXPECT_EQ(std::ranges::min(error, {}, &Spot::x).x, -2);
  EXPECT_EQ(std::ranges::max(error, {}, &Spot::x).x, 3);
  EXPECT_EQ(spots(list, Ink::flag)[0].x, 3);
}

TEST(TargetScene, KeepsAWildGuessInSight) {
  const TrackingTarget world;
  DrawList list;
  world.draw(list, std::vector<float>(8), std::vector<float>{3e38F});
  EXPECT_LT(spots(list, Ink::chosen)[0].x, list.view().right);
}

}  // namespace
}  // namespace rhoam::envs
