#include "optim/rho.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/errors.h"

namespace rhoam::optim {
namespace {

double rho_of(const std::string& text, const core::ClockRates& rates = {}) {
  return parse_rho(text).resolve(rates).at({});
}

TEST(Rho, MemoryOfOneHundredUpdatesIsNinetyNinePercent) {
  EXPECT_DOUBLE_EQ(rho_of_memory(100), 0.99);
  EXPECT_NEAR(memory_of_rho(0.99), 100, 1e-9);
}

TEST(Rho, AfterOneHalfLifeHalfTheWeightIsLeft) {
  EXPECT_NEAR(std::pow(rho_of_half_life(50), 50), 0.5, 1e-12);
  EXPECT_NEAR(half_life_of_rho(0.99), 68.967563936, 1e-8);  // ln ½ / ln 0.99
  EXPECT_EQ(half_life_of_rho(0), 0);
}

TEST(Rho, HalfLifeIsSevenTenthsOfALongMemory) {
  EXPECT_NEAR(half_life_of_rho(rho_of_memory(1000)), 0.693147 * 1000 - 0.35, 0.01);
}

TEST(Rho, EveryFormOfTheTextIsRead) {
  EXPECT_EQ(rho_of("0.99"), 0.99);
  EXPECT_DOUBLE_EQ(rho_of("memory:100"), 0.99);
  EXPECT_DOUBLE_EQ(rho_of("half-life:50updates"), rho_of_half_life(50));
  EXPECT_DOUBLE_EQ(rho_of("half-life:50"), rho_of_half_life(50));
}

TEST(Rho, AHalfLifeInStepsOrEpisodesFollowsTheRatesOfTraining) {
  const core::ClockRates rates{.steps_per_update = 200, .steps_per_episode = 500};
  EXPECT_DOUBLE_EQ(rho_of("half-life:20000steps", rates), rho_of_half_life(100));
  EXPECT_DOUBLE_EQ(rho_of("half-life:40episodes", rates), rho_of_half_life(100));
}

TEST(Rho, AScheduleOfRhoIsRead) {
  auto rho = parse_rho("linear:from=0.9,to=0.99,over=100updates").resolve({});
  EXPECT_NEAR(rho.at({.updates = 50}), 0.945, 1e-12);
}

TEST(Rho, TextSurvivesARoundTrip) {
  for (const char* text : {"0.99", "half-life:50updates", "linear:from=0.9,to=0.99,over=100updates"})
    EXPECT_EQ(parse_rho(text).to_string(), text);
}

TEST(Rho, WrongTextIsRefused) {
  for (const char* text :
       {"1", "-0.1", "1.5", "memory:0.5", "memory:x", "half-life:0", "half-life:-3", "half-life:3parsecs",
        "linear:from=0.9,to=1.2,over=10", "", "match", "auto", "match:optimal"})
    EXPECT_THROW(parse_rho(text), core::UsageError) << text;
}

}  // namespace
}  // namespace rhoam::optim
