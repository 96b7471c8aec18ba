#include "rhoam/envs/box2d/lunar_lander.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/envs/box2d/lander_heuristic.h"

namespace rhoam::envs {
namespace {

using Obs = std::array<float, 8>;

Obs observe(const LunarLander& env) {
  Obs obs{};
  env.observe(obs);
  return obs;
}

struct Flight {
  double episode_return = 0;
  int steps = 0;
  Step last;
};

template <class Pilot>
Flight fly(LunarLander& env, std::uint64_t seed, Pilot&& pilot) {
  core::StreamDraws draws{core::Stream(seed)};
  env.reset(draws);
  Flight flight;
  std::vector<float> action(static_cast<std::size_t>(env.spec().action.size()));
  while (!flight.last.terminated && flight.steps < 1000) {
    pilot(std::span<float>(action));
    flight.last = env.step(action, draws);
    flight.episode_return += flight.last.reward;
    ++flight.steps;
  }
  return flight;
}

/// Landings of the heuristic pilot in `episodes` flights.
int landings(bool continuous, int episodes) {
  LunarLander env(continuous);
  int landed = 0;
  for (int seed = 0; seed < episodes; ++seed) {
    const auto flight = fly(env, static_cast<std::uint64_t>(seed), [&](std::span<float> action) {
      lander_heuristic(observe(env), continuous, action);
    });
    landed += flight.last.terminated && flight.last.reward == 100;
  }
  return landed;
}

// 92.5 % and 99.9 % of 1000 recorded episodes landed.
TEST(LunarLander, TheHeuristicPilotLands) { EXPECT_GE(landings(false, 60), 50); }
TEST(LunarLander, TheContinuousHeuristicPilotLands) { EXPECT_GE(landings(true, 60), 58); }

TEST(LunarLander, FreeFallEndsInACrash) {
  LunarLander env;
  const auto flight = fly(env, 1, [](std::span<float> action) { action[0] = 0; });
  EXPECT_EQ(flight.last.reward, -100);
  EXPECT_TRUE(env.scene().hull_contact || std::abs(observe(env)[0]) >= 1);
  EXPECT_LT(flight.steps, 200);
}

double sum(const LanderReturn& earned) {
  return earned.distance + earned.speed + earned.angle + earned.legs + earned.main_engine +
         earned.side_engines + earned.ending;
}

/// Flies with wind, half of the flights with the heuristic pilot, half at random; `look` sees how each ended.
template <class Look>
void fly_many(bool continuous, Look&& look) {
  LunarLander env(continuous);
  env.enable_wind = 1;
  core::Stream stream(11);
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    look(env, fly(env, seed, [&](std::span<float> action) {
           lander_heuristic(observe(env), continuous, action);
           if (seed % 2 == 1) action[0] = static_cast<float>(stream.below(continuous ? 2 : 4));
         }));
}

TEST(LunarLander, ThePartsOfTheReturnSumToIt) {
  for (const bool continuous : {false, true})
    fly_many(continuous, [](const LunarLander& env, const Flight& flight) {
      EXPECT_NEAR(sum(env.earned()), flight.episode_return, 1e-9);
    });
}

TEST(LunarLander, TheEndingIsAPartOfItsOwn) {
  std::array<int, 2> crashed_landed{};
  fly_many(false, [&](const LunarLander& env, const Flight& flight) {
    if (!flight.last.terminated) return;
    EXPECT_EQ(env.earned().ending, flight.last.reward);
    ++crashed_landed[flight.last.reward > 0];
  });
  EXPECT_GT(crashed_landed[0], 0);
  EXPECT_GT(crashed_landed[1], 0);
}

TEST(LunarLander, EnginesCostWhatTheyBurn) {
  LunarLander env;
  core::StreamDraws draws{core::Stream(3)};
  env.reset(draws);
  for (const float action : {2.0F, 2.0F, 1.0F, 3.0F, 3.0F, 0.0F}) env.step({&action, 1}, draws);
  EXPECT_DOUBLE_EQ(env.earned().main_engine, -0.60);
  EXPECT_DOUBLE_EQ(env.earned().side_engines, -0.09);
}

TEST(LunarLander, FallsWithGravityOfTheMoment) {
  LunarLander env;
  core::StreamDraws draws{core::Stream(2)};
  env.reset(draws);
  const float idle = 0;
  const auto fall = [&] {
    const double before = env.scene().hull.vy;
    env.step({&idle, 1}, draws);
    return env.scene().hull.vy - before;
  };
  for (int t = 0; t < 10; ++t) fall();  // the legs have swung to their limits
  EXPECT_NEAR(fall(), -10.0 / 50, 0.01);
  env.gravity = -5;
  EXPECT_NEAR(fall(), -5.0 / 50, 0.01);
}

TEST(LunarLander, AnEngineWithoutPowerDoesNothingButCostFuel) {
  LunarLander on, off;
  off.main_engine_power = 0;
  core::StreamDraws draws{core::Stream(3)}, same = draws;
  on.reset(draws);
  off.reset(same);
  EXPECT_EQ(observe(on), observe(off));
  const float idle = 0, main = 2;
  auto twin = LunarLander();
  core::StreamDraws third{core::Stream(3)};
  twin.reset(third);
  const auto fired = off.step({&main, 1}, same), quiet = twin.step({&idle, 1}, third);
  on.step({&main, 1}, draws);
  EXPECT_EQ(observe(off), observe(twin));
  EXPECT_DOUBLE_EQ(fired.reward, quiet.reward - 0.3);
  EXPECT_GT(observe(on)[3], observe(off)[3]);
}

TEST(LunarLander, ThrottleStartsAtHalfPowerAboveZero) {
  LunarLander env(true);
  core::StreamDraws draws{core::Stream(4)};
  env.reset(draws);
  const auto throttles = [&](float main, float lateral) {
    const float action[] = {main, lateral};
    env.step(action, draws);
    return std::pair(env.scene().main_throttle, env.scene().side_throttle);
  };
  EXPECT_EQ(throttles(0, 0.5F), std::pair(0.0, 0.0));
  EXPECT_EQ(throttles(0.5F, -0.75F), std::pair(0.75, -0.75));
  EXPECT_EQ(throttles(9, 9), std::pair(1.0, 1.0));
}

TEST(LunarLander, SideEnginesTurnTheHullOppositeWays) {
  const auto spin = [](float action) {
    LunarLander env;
    core::StreamDraws draws{core::Stream(5)};
    env.reset(draws);
    const double before = env.scene().hull.omega;
    for (int t = 0; t < 5; ++t) env.step({&action, 1}, draws);
    return env.scene().hull.omega - before;
  };
  EXPECT_GT(spin(1), 0.05);
  EXPECT_LT(spin(3), -0.05);
}

TEST(LunarLander, WindPushesInTheAir) {
  const auto mean_drift = [](double wind) {
    double drift = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      LunarLander env;
      env.enable_wind = wind;
      core::StreamDraws draws{core::Stream(seed)};
      env.reset(draws);
      const double before = env.scene().hull.vx;
      const float idle = 0;
      for (int t = 0; t < 20; ++t) env.step({&idle, 1}, draws);
      drift += std::abs(env.scene().hull.vx - before) / 20;
    }
    return drift;
  };
  EXPECT_LT(mean_drift(0), 0.05);
  EXPECT_GT(mean_drift(1), 0.2);
}

/// Wind and turbulence of an episode that begins calm, after the wind has risen.
std::pair<double, double> late_wind(LunarLander& env, std::uint64_t seed) {
  core::StreamDraws draws{core::Stream(seed)};
  const float idle = 0;
  env.enable_wind = 0;
  env.reset(draws);
  for (int t = 0; t < 5; ++t) env.step({&idle, 1}, draws);
  env.enable_wind = 1;
  env.step({&idle, 1}, draws);
  return {env.scene().wind, env.scene().turbulence};
}

TEST(LunarLander, WindThatRisesLateIsThatOfTheEpisode) {
  LunarLander fresh, used;
  used.enable_wind = 1;
  fly(used, 3, [](std::span<float> action) { action[0] = 0; });
  EXPECT_EQ(late_wind(used, 7), late_wind(fresh, 7));
  const auto other = late_wind(fresh, 8);
  EXPECT_NE(late_wind(fresh, 7), other);
  EXPECT_NE(other.first / fresh.wind_power, other.second / fresh.turbulence_power);
}

TEST(LunarLander, ACalmStartTakesNoDrawForTheWind) {
  core::StreamDraws calm{core::Stream(7)}, windy = calm;
  LunarLander env;
  env.reset(calm);
  env.enable_wind = 1;
  env.reset(windy);
  EXPECT_NE(calm.stream().state(), windy.stream().state());
  core::StreamDraws counted{core::Stream(7)};
  for (int draw = 0; draw < 16; ++draw) counted.uniform(0, 1);  // heights, forces, dispersions
  EXPECT_EQ(calm.stream().state(), counted.stream().state());
}

TEST(LunarLander, ThePadIsFlatBetweenTheFlags) {
  LunarLander env;
  core::StreamDraws draws{core::Stream(7)};
  env.reset(draws);
  const auto terrain = env.scene().terrain;
  for (const int i : {4, 5, 6}) EXPECT_NEAR(terrain[i], 0.33 * 3 * 400 / 30 / 4, 1e-12);
  EXPECT_NE(terrain[0], terrain[1]);
}

TEST(LunarLander, JointLimitsOfBox2D23AreAChoice) {
  LunarLander as_23(false, JointLimits::box2d_23), as_24(false, JointLimits::box2d_24);
  const auto idle = [](std::span<float> action) { action[0] = 0; };
  fly(as_23, 8, idle);
  fly(as_24, 8, idle);
  EXPECT_NE(observe(as_23), observe(as_24));
}

TEST(LanderHeuristic, BrakesAFallAndTurnsUpright) {
  float action = -1;
  lander_heuristic(Obs{0, 1, 0, -2, 0, 0, 0, 0}, false, {&action, 1});
  EXPECT_EQ(action, 2);
  lander_heuristic(Obs{0, 1, 0, 0, 0.5F, 0, 0, 0}, false, {&action, 1});
  EXPECT_EQ(action, 3);
  lander_heuristic(Obs{0, 1, 0, 0, -0.5F, 0, 0, 0}, false, {&action, 1});
  EXPECT_EQ(action, 1);
  lander_heuristic(Obs{0, 1, 0, 0, 0.5F, 0, 1, 0}, false, {&action, 1});
  EXPECT_EQ(action, 0);
}

}  // namespace
}  // namespace rhoam::envs
