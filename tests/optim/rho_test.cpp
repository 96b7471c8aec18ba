#include "rhoam/optim/rho.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/core/errors.h"

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

const core::ClockRates kRates{.steps_per_update = 200, .steps_per_episode = 500};

double matched(const std::string& text, const std::string& drift, const core::Clocks& clocks = {}) {
  return parse_rho(text).resolve(kRates, parse_declared_drift(drift)).at(clocks);
}

TEST(Rho, AHalfLifeInEpisodesFollowsTheirMeasuredLength) {
  auto rho = parse_rho("half-life:40episodes").resolve(kRates);
  EXPECT_DOUBLE_EQ(rho.at({}), rho_of_half_life(100));
  EXPECT_NEAR(half_life_of_rho(rho.at({.episode_length = 250})), 50, 0.5);  // rounded to a hundredth
  EXPECT_DOUBLE_EQ(rho.at({}), rho_of_half_life(100));
}

TEST(Rho, AnUpdateThatWaitsForEpisodesTakesAsManyStepsAsTheyDo) {
  const core::ClockRates rates = core::ClockRates{.steps_per_episode = 500, .episodes_per_update = 8}.at({});
  EXPECT_DOUBLE_EQ(rho_of("half-life:40episodes", rates), rho_of_half_life(5));
  auto rho = parse_rho("half-life:20000steps").resolve(rates);
  EXPECT_NEAR(half_life_of_rho(rho.at({.episode_length = 250})), 10, 0.1);
}

TEST(Rho, MatchMakesTheTimescaleTheHalfLife) {
  EXPECT_DOUBLE_EQ(matched("match", "50updates"), rho_of_half_life(50));
  EXPECT_DOUBLE_EQ(matched("match", "20000steps"), rho_of_half_life(100));
}

TEST(Rho, OptimalMatchAsksTheFormula) {
  EXPECT_EQ(matched("match:optimal", "100updates:growth:A=1"),
            rho_for({.kind = DriftKind::growth, .timescale = 100, .amplitude = 1}).rho);
  EXPECT_EQ(matched("match:optimal:A=0.3", "100updates:ou:A=1"),
            rho_for({.kind = DriftKind::ou, .timescale = 100, .amplitude = 0.3}).rho);
  EXPECT_EQ(matched("match:optimal", "100updates:square"),
            rho_for({.kind = DriftKind::telegraph, .timescale = 100, .amplitude = 2.3}).rho);
}

TEST(Rho, WhatAFormulaHadToAssumeIsSaid) {
  const auto remark = [](const std::string& rho, const std::string& drift) {
    return parse_rho(rho).remark({}, parse_declared_drift(drift));
  };
  EXPECT_EQ(remark("match:optimal", "100updates"), "kind telegraph is assumed; A = 2.3 is assumed");
  EXPECT_EQ(remark("match:optimal", "100updates:ou:A=1"), "");
  EXPECT_EQ(remark("match", "100updates"), "");
  EXPECT_EQ(remark("match:optimal", "100updates:sine:A=0.3"),
            "too little signal to track (A = 0.3, 100 updates): the longest memory is best");
}

TEST(Rho, AMatchWithoutATimescaleSaysHowToGiveOne) {
  try {
    parse_rho("match").resolve({});
    FAIL();
  } catch (const core::UsageError& error) {
    for (const char* way : {"--drift", "--timescale 100updates"})
      EXPECT_NE(std::string(error.what()).find(way), std::string::npos) << error.what();
  }
}

TEST(Rho, AHalfLifeBeyondTheNumbersIsRefused) {
  EXPECT_THROW(parse_rho("half-life:1e300updates").resolve({}), core::UsageError);
}

TEST(Rho, TextSurvivesARoundTrip) {
  for (const char* text :
       {"0.99", "half-life:50updates", "linear:from=0.9,to=0.99,over=100updates", "match", "match:optimal",
        "match:optimal:A=1.5", "auto", "auto:likelihood", "auto:factored", "learn"})
    EXPECT_EQ(parse_rho(text).to_string(), text);
  for (const char* text : {"100updates", "20000steps:sine", "40episodes:telegraph:A=2.3"})
    EXPECT_EQ(parse_declared_drift(text).to_string(), text);
}

TEST(Rho, WrongTextIsRefused) {
  for (const char* text :
       {"1", "-0.1", "1.5", "memory:0.5", "memory:x", "memory:0", "memory:1e300", "memory:inf", "half-life:0",
        "half-life:-3", "half-life:3parsecs", "linear:from=0.9,to=1.2,over=10", "", "match:best",
        "match:optimal:A=0", "match:optimal:2", "auto:", "auto:magic"})
    EXPECT_THROW(parse_rho(text), core::UsageError) << text;
  for (const char* text :
       {"", "0updates", "100parsecs", "100:wobble", "100:sine:A=-1", "100:sine:A=1:x", "100:sine:2"})
    EXPECT_THROW(parse_declared_drift(text), core::UsageError) << text;
}

}  // namespace
}  // namespace rhoam::optim
