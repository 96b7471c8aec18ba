#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "rhoam/envs/registry.h"
#include "rhoam/tests/watch/players.h"
#include "rhoam/watch/hud.h"

namespace rhoam::watch {
namespace {

TEST(Readout, HasThreeDigits) {
  EXPECT_EQ(readout(487.3), "487");
  EXPECT_EQ(readout(16.84), "16.8");
  EXPECT_EQ(readout(-1.5), "−1.50");
  EXPECT_EQ(readout(0.0056), "0.00560");
}

TEST(Readout, OfATinyNumberHasAPowerOfTen) {
  EXPECT_EQ(readout(3.2e-6), "3·10⁻⁶");
  EXPECT_EQ(readout(-3.2e-6), "−3·10⁻⁶");
}

TEST(Readout, OfAnyNumberIsShort) {
  for (const double value :
       {0.0, 5e-324, 1e300, -1e300, 999.99, 0.00099999, std::numeric_limits<double>::infinity(),
        std::numeric_limits<double>::quiet_NaN()})
    EXPECT_LT(readout(value).size(), 20u) << value;
}

TEST(Readout, OfRhoTellsTheMemory) {
  EXPECT_EQ(rho_readout(0.9), "ρ 0.90");
  EXPECT_EQ(rho_readout(0.9900000002235174), "ρ 0.990");
  EXPECT_EQ(rho_readout(1 - 1.0 / 3000), "ρ 0.99967");
  EXPECT_EQ(rho_readout(0), "ρ 0.0");
}

}  // namespace

namespace {

using render::Overlay;

Simulation stage_of(Player player) {
  Simulation simulation(std::move(player));
  simulation.start(0, 3, {});
  while (!simulation.over()) simulation.step();
  return simulation;
}

Overlay last_of(const Simulation& simulation) { return overlay_of(simulation, simulation.length()); }

/// The dial of this name; one without a name where there is none.
Overlay::Dial dial(const std::vector<Overlay::Dial>& dials, const std::string& name) {
  for (const auto& each : dials)
    if (each.gauge.name == name) return each;
  return {};
}

TEST(Overlays, HaveProbabilitiesThatSumToOne) {
  const Simulation simulation = stage_of(agent("LunarLander-v3"));
  for (std::int64_t step = 0; step <= simulation.length(); ++step) {
    double sum = 0;
    int chosen = 0;
    for (const auto& choice : overlay_of(simulation, step).choices) {
      sum += choice.probability;
      chosen += choice.chosen;
    }
    EXPECT_NEAR(sum, 1, 1e-6);
    EXPECT_EQ(chosen, step > 0);
  }
}

TEST(Overlays, MarkTheMostProbableActionOfAGreedyAgent) {
  const Simulation simulation = stage_of(agent("LunarLander-v3"));
  const auto choices = overlay_of(simulation, 5).choices;
  const auto most = std::ranges::max_element(choices, {}, &Overlay::Choice::probability);
  EXPECT_TRUE(most->chosen);
}

TEST(Overlays, HaveTheMeanOfAContinuousAgentAsItsGreedyAction) {
  const Simulation simulation = stage_of(agent("LunarLanderContinuous-v3"));
  const auto levers = overlay_of(simulation, 5).levers;
  ASSERT_EQ(levers.size(), 2);
  for (const auto& lever : levers) {
    EXPECT_NEAR(lever.action, lever.mean, 1e-6);
    EXPECT_GT(lever.sigma, 0);
    EXPECT_EQ(lever.low, -1);
    EXPECT_EQ(lever.high, 1);
  }
}

TEST(Overlays, HaveNoPolicyOfRandomActions) {
  for (const char* env : {"LunarLander-v3", "LunarLanderContinuous-v3"}) {
    const auto overlay = overlay_of(stage_of(random_player(env)), 5);
    EXPECT_TRUE(std::isnan(overlay.value));
    EXPECT_TRUE(overlay.choices.empty() && overlay.levers.empty());
  }
}

TEST(Overlays, HaveTheValueOfACritic) {
  const Simulation simulation = stage_of(agent("CartPole-v1"));
  for (std::int64_t step = 0; step < simulation.length(); ++step)
    EXPECT_TRUE(std::isfinite(overlay_of(simulation, step).value));
}

TEST(Overlays, HaveNoValueAfterATerminalState) {
  const Simulation simulation = stage_of(agent("CartPole-v1"));
  ASSERT_TRUE(simulation.terminated());
  EXPECT_TRUE(std::isnan(last_of(simulation).value));
}

TEST(Overlays, KeepTheValueAtTheTimeLimitAfterWhichMoreWouldCome) {
  Player player = agent("CartPole-v1");
  player.setting.params = {"gravity=0", "force_mag=0", "theta_threshold_radians=1.57"};
  const Simulation simulation = stage_of(std::move(player));
  ASSERT_EQ(simulation.length(), 500);
  EXPECT_TRUE(std::isfinite(last_of(simulation).value));
}

TEST(Overlays, HavePartsThatSumToTheReturn) {
  const Simulation simulation = stage_of(random_player("LunarLander-v3"));
  for (std::int64_t step = 1; step <= simulation.length(); ++step) {
    const auto overlay = overlay_of(simulation, step);
    double sum = 0;
    for (const auto& part : overlay.parts) sum += part.value;
    EXPECT_NEAR(sum, overlay.episode_return, 1e-3 * std::max(1.0, std::abs(overlay.episode_return))) << step;
  }
}

TEST(Overlays, CountStepsUpToTheLimit) {
  const Simulation simulation = stage_of(random_player("CartPole-v1"));
  EXPECT_EQ(overlay_of(simulation, 4).step, 4);
  EXPECT_EQ(overlay_of(simulation, 4).step_limit, 500);
  EXPECT_EQ(overlay_of(simulation, 4).episode_return, 4);
}

TEST(Overlays, TellTheEndAtTheEndOnly) {
  const Simulation simulation = stage_of(random_player("LunarLander-v3"));
  EXPECT_EQ(overlay_of(simulation, simulation.length() - 1).banner, "");
  EXPECT_NE(last_of(simulation).banner, "");
  EXPECT_EQ(last_of(simulation).tone, Overlay::Tone::bad);
}

TEST(Overlays, TellTheTimeLimit) {
  Player player = random_player("CartPole-v1", {"gravity=0", "force_mag=0", "theta_threshold_radians=1.57"});
  const Simulation simulation = stage_of(std::move(player));
  ASSERT_EQ(simulation.length(), 500);
  EXPECT_EQ(last_of(simulation).banner, "time limit");
  EXPECT_EQ(last_of(simulation).tone, Overlay::Tone::neutral);
}

TEST(Overlays, TurnADialForEveryDrift) {
  const Simulation simulation =
      stage_of(random_player("CartPole-v1", {}, {"gravity:sine:period=40,low=5,high=15"}));
  const auto gravity = dial(overlay_of(simulation, 10).dials, "gravity");
  EXPECT_NEAR(gravity.gauge.value, 15, 1e-9);
  EXPECT_NEAR(gravity.phase, 0.25, 1e-9);
  EXPECT_THAT(gravity.schedule, ::testing::StartsWith("sine:"));
}

TEST(Overlays, TurnTheDialOfAParameterWithoutAGaugeWithinItsSchedule) {
  const Simulation simulation =
      stage_of(random_player("CartPole-v1", {}, {"masspole:square:dwell=5,low=0.1,high=0.3"}));
  const auto masspole = dial(overlay_of(simulation, 7).dials, "masspole").gauge;
  EXPECT_EQ(masspole.value, 0.3);
  EXPECT_EQ(masspole.low, 0.1);
  EXPECT_EQ(masspole.high, 0.3);
}

TEST(Overlays, HaveADialForEveryParameterInThePanel) {
  const Simulation simulation =
      stage_of(random_player("CartPole-v1", {"masspole=0.3"}, {"gravity:square:dwell=5,low=9,high=12"}));
  const auto dials = dials_of(simulation, 7);
  EXPECT_EQ(dials.size(), simulation.params().size());
  EXPECT_EQ(dial(dials, "masspole").gauge.value, 0.3);
  EXPECT_EQ(dial(dials, "gravity").gauge.value, 12);
}

class OverlaysOfEveryWorld : public testing::TestWithParam<std::string> {};

TEST_P(OverlaysOfEveryWorld, NameEveryAction) {
  const Simulation simulation = stage_of(agent(GetParam()));
  const auto overlay = overlay_of(simulation, 0);
  const auto& actions = simulation.spec().action;
  EXPECT_EQ(std::ssize(overlay.choices), actions.n);
  EXPECT_EQ(overlay.levers.size(), actions.bounds.size());
  for (const auto& choice : overlay.choices) EXPECT_NE(choice.name, "");
  for (const auto& lever : overlay.levers) EXPECT_NE(lever.name, "");
}

INSTANTIATE_TEST_SUITE_P(All, OverlaysOfEveryWorld, testing::ValuesIn(envs::env_ids()),
                         [](const auto& tested) { return tested.param.substr(0, tested.param.find('-')); });

}  // namespace

}  // namespace rhoam::watch
