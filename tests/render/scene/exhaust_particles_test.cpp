#include "rhoam/render/scene/exhaust_particles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace rhoam::render {
namespace {

constexpr double kSpeed = 20;

/// What a world of ten units has shown in steps 0, 1, …; its engine burns downwards in those before `until`.
class Burn {
 public:
  explicit Burn(std::size_t steps, std::size_t until = 1000, double power = 1) : lists_(steps) {
    for (std::size_t step = 0; step < steps; ++step) {
      lists_[step].look_at({.left = 0, .bottom = 0, .right = 10, .top = 10});
      if (step < until) lists_[step].exhaust({.nozzle = {5, 5}, .velocity = {0, -kSpeed}, .power = power});
      recent_.push_back(&lists_[step]);
    }
  }

  /// Of the last steps before this one and of it.
  std::vector<Puff> flames_at(std::size_t step, std::size_t history = kFlameSteps) const {
    const std::size_t seen = std::min(step + 1, history);
    return flames({.recent = std::span(recent_).subspan(step + 1 - seen, seen),
                   .step = static_cast<std::int64_t>(step)});
  }

 private:
  std::vector<envs::DrawList> lists_;
  std::vector<const envs::DrawList*> recent_;
};

/// How much there is to see.
double amount(std::span<const Puff> puffs) {
  double sum = 0;
  for (const auto& puff : puffs) sum += puff.color.alpha * puff.radius * puff.radius;
  return sum;
}

bool same(std::span<const Puff> a, std::span<const Puff> b) {
  return std::ranges::equal(a, b, [](const Puff& p, const Puff& q) {
    return p.centre.x == q.centre.x && p.centre.y == q.centre.y && p.radius == q.radius && p.color == q.color;
  });
}

TEST(Flames, NothingBurnsWhereNoEngineDoes) {
  EXPECT_TRUE(flames({}).empty());
  EXPECT_TRUE(Burn(10, 0).flames_at(9).empty());
}

TEST(Flames, AFlameIsThereInTheStepThatBurns) { EXPECT_GT(amount(Burn(1).flames_at(0)), 0); }

TEST(Flames, TheSameStepGivesTheSameForwardsAndBackwards) {
  const Burn burn(50);
  const auto first = burn.flames_at(40);
  burn.flames_at(41);
  EXPECT_TRUE(same(first, burn.flames_at(40)));
  EXPECT_TRUE(same(first, Burn(60).flames_at(40)));
}

TEST(Flames, OnlyTheLastStepsMatter) {
  const Burn burn(100);
  EXPECT_TRUE(same(burn.flames_at(90, kFlameSteps), burn.flames_at(90, 90)));
  EXPECT_FALSE(same(burn.flames_at(90, 10), burn.flames_at(90, 90)));
}

TEST(Flames, StepsDiffer) {
  const Burn burn(100);
  EXPECT_FALSE(same(burn.flames_at(80), burn.flames_at(81)));
}

TEST(Flames, NothingIsLeftWhenAFlameHasLived) {
  const Burn burn(100, 20);
  EXPECT_FALSE(burn.flames_at(25).empty());
  EXPECT_TRUE(burn.flames_at(20 + kFlameSteps).empty());
}

TEST(Flames, WhatIsLeftOfAFlameFadesStepByStep) {
  const Burn burn(100, 20);
  for (std::size_t step = 20; step < 50; ++step)
    EXPECT_LE(amount(burn.flames_at(step + 1)), amount(burn.flames_at(step)) * 1.1) << step;
}

TEST(Flames, ASteadyEngineDoesNotFlicker) {
  const Burn burn(200);
  for (std::size_t step = 100; step < 199; ++step)
    EXPECT_NEAR(amount(burn.flames_at(step + 1)) / amount(burn.flames_at(step)), 1, 0.1) << step;
}

TEST(Flames, TheGasFliesWhereItIsBlown) {
  const Burn burn(60);
  for (const auto& puff : burn.flames_at(50)) {
    EXPECT_LE(puff.centre.y, 5);
    EXPECT_LE(std::abs(puff.centre.x - 5), 5 - puff.centre.y);
  }
}

TEST(Flames, AWeakEngineHasASmallFlame) {
  EXPECT_LT(amount(Burn(60, 60, 0.4).flames_at(50)), 0.7 * amount(Burn(60).flames_at(50)));
}

TEST(Flames, APowerOutOfRangeIsDrawnIn) {
  EXPECT_TRUE(same(Burn(60, 60, 1e300).flames_at(50), Burn(60).flames_at(50)));
  EXPECT_EQ(amount(Burn(60, 60, -1).flames_at(50)), 0);
}

}  // namespace
}  // namespace rhoam::render
