#include "rhoam/watch/simulation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "rhoam/agents/evaluate.h"
#include "rhoam/core/errors.h"
#include "rhoam/envs/registry.h"
#include "rhoam/render/scene/theme.h"
#include "rhoam/tests/core/scratch_folder.h"
#include "rhoam/tests/watch/players.h"
#include "rhoam/training/checkpoint.h"
#include "rhoam/watch/frame.h"

namespace rhoam::watch {
namespace {

Played outcome_of(const Simulation& simulation) {
  return {simulation.episode().hashes, simulation.episode().episode_return, simulation.length()};
}

void play(Simulation& simulation) {
  while (!simulation.over()) simulation.step();
}

/// A simulation that has played an episode.
Simulation played(Player player, std::uint64_t seed = 3, const core::Clocks& clocks = {}) {
  Simulation simulation(std::move(player));
  simulation.start(0, seed, clocks);
  play(simulation);
  return simulation;
}

/// What changes in a world by itself.
struct World {
  const char* name;
  std::function<Player(const std::string& env)> player;
};

const World kWorlds[] = {
    {"Plain", [](const std::string& env) { return random_player(env); }},
    {"Drifting", [](const std::string& env) { return random_player(env, {}, {wave_of(env)}); }},
    {"Wandering", [](const std::string& env) { return random_player(env, {}, {wandering_of(env)}); }},
    {"Perturbed",
     [](const std::string& env) {
       return random_player(env, {"sticky-actions=0.3", "action-delay=2", "observation-noise=0.1"},
                            {"action-flip:square:dwell=11"});
     }},
    {"Agent",
     [](const std::string& env) {
       Player player = agent(env);
       player.setting.drifts = {wave_of(env)};
       return player;
     }},
};

std::string letters_of(std::string text) {
  std::erase_if(text, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
  return text;
}

class StageOfEveryWorld : public testing::TestWithParam<std::tuple<std::string, World>> {
 protected:
  Player player() const { return std::get<1>(GetParam()).player(std::get<0>(GetParam())); }
};

TEST_P(StageOfEveryWorld, PlaysWhatAHeadlessLoopPlays) {
  constexpr core::Clocks kStart{.steps = 1234, .episodes = 7};
  Player headless = player();
  EXPECT_EQ(outcome_of(played(player(), 5, kStart)), play_headless(headless, 5, kStart, true));
}

TEST_P(StageOfEveryWorld, PlaysWhatAHeadlessLoopSamples) {
  Player headless = player();
  Simulation simulation(player());
  simulation.set_greedy(false);
  simulation.start(0, 5, {});
  play(simulation);
  EXPECT_EQ(outcome_of(simulation), play_headless(headless, 5, {}, false));
}

TEST_P(StageOfEveryWorld, PlaysTheSameWhoeverLooks) {
  Player headless = player();
  Playback playback(only(player()), 5, true);
  const Viewer viewer(playback);
  render::Image image(96, 64);
  for (; !playback.at_end(); playback.forward())
    paint_moment(playback, viewer, {}, render::find_theme("gym"), image);
  EXPECT_EQ(outcome_of(playback.simulations()[0]), play_headless(headless, 5, {}, true));
}

TEST_P(StageOfEveryWorld, GoesOnTheSameFromAnyStep) {
  Simulation simulation = played(player());
  const Played before = outcome_of(simulation);
  for (const auto step : {before.length, before.length - 1, before.length / 3, std::int64_t{0}}) {
    simulation.rewind(step);
    EXPECT_EQ(simulation.length(), step);
    play(simulation);
    EXPECT_EQ(outcome_of(simulation), before) << step;
  }
}

TEST_P(StageOfEveryWorld, StartsTheSameAgain) {
  Simulation simulation = played(player(), 3, {.steps = 500});
  const Played before = outcome_of(simulation);
  simulation.start(1, 4, {.steps = 900});
  play(simulation);
  simulation.start(0, 3, {.steps = 500});
  play(simulation);
  EXPECT_EQ(outcome_of(simulation), before);
}

INSTANTIATE_TEST_SUITE_P(All, StageOfEveryWorld,
                         testing::Combine(testing::ValuesIn(envs::env_ids()), testing::ValuesIn(kWorlds)),
                         [](const auto& tested) {
                           return letters_of(std::get<0>(tested.param)) + std::get<1>(tested.param).name;
                         });

class StageOfAnAgent : public testing::TestWithParam<std::string> {};

TEST_P(StageOfAnAgent, PlaysTheReturnThatAnEvaluationFinds) {
  const auto checkpoint = trained(GetParam(), "normalize-observation = true\n");
  const Simulation simulation = played(make_trainee(checkpoint, "agent", networks()), 9);
  auto evaluated = training::load_trained(checkpoint, 1, networks(), nullptr);
  EXPECT_EQ(simulation.episode().episode_return,
            agents::evaluate(evaluated.agent->policy(), *evaluated.world.env, {.episodes = 1, .seed = 9})
                .returns.at(0));
}

INSTANTIATE_TEST_SUITE_P(All, StageOfAnAgent, testing::ValuesIn(envs::env_ids()),
                         [](const auto& tested) { return letters_of(tested.param); });

TEST(Simulation, PlaysAnotherEpisodeOnAnotherSeed) {
  EXPECT_NE(outcome_of(played(random_player("CartPole-v1"), 1)).hashes,
            outcome_of(played(random_player("CartPole-v1"), 2)).hashes);
}

TEST(Simulation, DriftsOnAtTheClocksOfItsStart) {
  const auto player = [] {
    return random_player("LunarLander-v3", {}, {"gravity:linear:from=-4,to=-11,over=1000"});
  };
  const Simulation early = played(player()), late = played(player(), 3, {.steps = 1000});
  EXPECT_DOUBLE_EQ(early.moment(0).drifting[0], -4);
  EXPECT_DOUBLE_EQ(early.moment(10).drifting[0], -4.07);
  EXPECT_DOUBLE_EQ(late.moment(0).drifting[0], -11);
}

TEST(Simulation, RemembersEveryMoment) {
  const Simulation simulation = played(random_player("CartPole-v1"));
  for (std::int64_t step = 0; step <= simulation.length(); ++step) {
    EXPECT_EQ(simulation.moment(step).action.empty(), step == simulation.length());
    EXPECT_EQ(simulation.moment(step).episode_return, static_cast<double>(step));
    EXPECT_FALSE(simulation.moment(step).scene.shapes().empty());
  }
}

TEST(Simulation, StepsByHand) {
  Simulation simulation(random_player("CartPole-v1"));
  simulation.start(0, 3, {});
  const float right[] = {1};
  while (!simulation.over()) simulation.step(right);
  EXPECT_TRUE(std::ranges::all_of(simulation.episode().actions, [](float action) { return action == 1; }));
  EXPECT_EQ(std::ssize(simulation.episode().actions), simulation.length());
  EXPECT_LT(simulation.length(), 15);
}

TEST(Simulation, RecordsWhichParameterWasTurnedWhen) {
  Simulation simulation(random_player("CartPole-v1"));
  simulation.start(0, 3, {});
  for (int i = 0; i < 5; ++i) simulation.step();
  simulation.set_param("gravity", 3);
  const auto& change = simulation.episode().changes.at(0);
  EXPECT_EQ(change.step, 5);
  EXPECT_EQ(change.param, "gravity");
  EXPECT_EQ(change.value, 3);
  EXPECT_EQ(simulation.params()[0].value, 3);
}

TEST(Simulation, RefusesAParameterThatIsNotThereAndRecordsNothing) {
  Simulation simulation(random_player("CartPole-v1"));
  simulation.start(0, 3, {});
  EXPECT_THROW(simulation.set_param("gravty", 3), core::UsageError);
  EXPECT_THROW(simulation.set_param("gravity", 1e300), core::UsageError);
  EXPECT_TRUE(simulation.episode().changes.empty());
}

TEST(Simulation, KeepsTurnedParametersWhenItGoesBackNoFurther) {
  Simulation simulation(random_player("CartPole-v1"));
  simulation.start(0, 3, {});
  for (int i = 0; i < 5; ++i) simulation.step();
  simulation.set_param("gravity", 3);
  simulation.step();
  simulation.rewind(5);
  EXPECT_EQ(simulation.params()[0].value, 3);
  simulation.rewind(4);
  EXPECT_EQ(simulation.params()[0].value, 9.8);
}

TEST(Simulation, ForgetsTurnedParametersInTheNextEpisode) {
  Simulation simulation(random_player("CartPole-v1"));
  simulation.start(0, 3, {});
  simulation.set_param("gravity", 3);
  simulation.start(1, 4, {});
  EXPECT_EQ(simulation.params()[0].value, 9.8);
}

TEST(Simulation, HoldsTheEndOfAnEpisode) {
  const Simulation simulation = played(random_player("CartPole-v1"));
  EXPECT_TRUE(simulation.terminated());
  EXPECT_EQ(simulation.moment(simulation.length()).scene.ending().good, false);
  EXPECT_FALSE(simulation.moment(simulation.length()).scene.ending().text.empty());
}

TEST(Simulation, KeepsParametersAndDriftsForAnotherPlayer) {
  Simulation simulation(
      random_player("CartPole-v1", {"masspole=0.3"}, {"gravity:square:dwell=5,low=9,high=12"}));
  simulation.recast(agent("CartPole-v1"));
  simulation.start(0, 3, {.steps = 7});
  EXPECT_EQ(simulation.params()[0].value, 12);
  EXPECT_EQ(simulation.params()[2].value, 0.3);
  EXPECT_TRUE(simulation.player().trainee);
}

TEST(Simulation, CountsUpdatesAsFastAsItsTrainingDid) {
  Player player = agent("CartPole-v1");
  player.setting.updates_per_step = 0.25;
  Simulation simulation(std::move(player));
  simulation.start(0, 3, {.steps = 100});
  EXPECT_EQ(simulation.clocks_at(4).steps, 104);
  EXPECT_EQ(simulation.clocks_at(4).updates, 26);
}

TEST(Simulation, HoldsClocksThatNoTrainingHasReached) {
  Player player = random_player("CartPole-v1");
  player.setting.updates_per_step = 1e300;
  Simulation simulation(std::move(player));
  simulation.start(0, 3, {.steps = 100});
  EXPECT_GT(simulation.clocks_at(4).updates, 0);
}

}  // namespace
}  // namespace rhoam::watch
