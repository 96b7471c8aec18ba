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

Played outcome_of(const Stage& stage) {
  return {stage.episode().hashes, stage.episode().episode_return, stage.length()};
}

void play(Stage& stage) {
  while (!stage.over()) stage.step();
}

/// A stage that has played an episode.
Stage played(Player player, std::uint64_t seed = 3, const core::Clocks& clocks = {}) {
  Stage stage(std::move(player));
  stage.start(0, seed, clocks);
  play(stage);
  return stage;
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
  Stage stage(player());
  stage.set_greedy(false);
  stage.start(0, 5, {});
  play(stage);
  EXPECT_EQ(outcome_of(stage), play_headless(headless, 5, {}, false));
}

TEST_P(StageOfEveryWorld, PlaysTheSameWhoeverLooks) {
  Player headless = player();
  Playback playback(only(player()), 5, true);
  const Viewer viewer(playback);
  render::Image image(96, 64);
  for (; !playback.at_end(); playback.forward())
    paint_moment(playback, viewer, {}, render::find_theme("gym"), image);
  EXPECT_EQ(outcome_of(playback.stages()[0]), play_headless(headless, 5, {}, true));
}

TEST_P(StageOfEveryWorld, GoesOnTheSameFromAnyStep) {
  Stage stage = played(player());
  const Played before = outcome_of(stage);
  for (const auto step : {before.length, before.length - 1, before.length / 3, std::int64_t{0}}) {
    stage.rewind(step);
    EXPECT_EQ(stage.length(), step);
    play(stage);
    EXPECT_EQ(outcome_of(stage), before) << step;
  }
}

TEST_P(StageOfEveryWorld, StartsTheSameAgain) {
  Stage stage = played(player(), 3, {.steps = 500});
  const Played before = outcome_of(stage);
  stage.start(1, 4, {.steps = 900});
  play(stage);
  stage.start(0, 3, {.steps = 500});
  play(stage);
  EXPECT_EQ(outcome_of(stage), before);
}

INSTANTIATE_TEST_SUITE_P(All, StageOfEveryWorld,
                         testing::Combine(testing::ValuesIn(envs::env_ids()), testing::ValuesIn(kWorlds)),
                         [](const auto& tested) {
                           return letters_of(std::get<0>(tested.param)) + std::get<1>(tested.param).name;
                         });

class StageOfAnAgent : public testing::TestWithParam<std::string> {};

TEST_P(StageOfAnAgent, PlaysTheReturnThatAnEvaluationFinds) {
  const auto checkpoint = trained(GetParam(), "normalize-observation = true\n");
  const Stage stage = played(make_trainee(checkpoint, "agent", networks()), 9);
  auto evaluated = training::load_trained(checkpoint, 1, networks(), nullptr);
  EXPECT_EQ(stage.episode().episode_return,
            agents::evaluate(evaluated.agent->policy(), *evaluated.world.env, {.episodes = 1, .seed = 9})
                .returns.at(0));
}

INSTANTIATE_TEST_SUITE_P(All, StageOfAnAgent, testing::ValuesIn(envs::env_ids()),
                         [](const auto& tested) { return letters_of(tested.param); });

TEST(Stage, PlaysAnotherEpisodeOnAnotherSeed) {
  EXPECT_NE(outcome_of(played(random_player("CartPole-v1"), 1)).hashes,
            outcome_of(played(random_player("CartPole-v1"), 2)).hashes);
}

TEST(Stage, DriftsOnAtTheClocksOfItsStart) {
  const auto player = [] {
    return random_player("LunarLander-v3", {}, {"gravity:linear:from=-4,to=-11,over=1000"});
  };
  const Stage early = played(player()), late = played(player(), 3, {.steps = 1000});
  EXPECT_DOUBLE_EQ(early.moment(0).drifting[0], -4);
  EXPECT_DOUBLE_EQ(early.moment(10).drifting[0], -4.07);
  EXPECT_DOUBLE_EQ(late.moment(0).drifting[0], -11);
}

TEST(Stage, RemembersEveryMoment) {
  const Stage stage = played(random_player("CartPole-v1"));
  for (std::int64_t step = 0; step <= stage.length(); ++step) {
    EXPECT_EQ(stage.moment(step).action.empty(), step == stage.length());
    EXPECT_EQ(stage.moment(step).episode_return, static_cast<double>(step));
    EXPECT_FALSE(stage.moment(step).scene.shapes().empty());
  }
}

TEST(Stage, StepsByHand) {
  Stage stage(random_player("CartPole-v1"));
  stage.start(0, 3, {});
  const float right[] = {1};
  while (!stage.over()) stage.step(right);
  EXPECT_TRUE(std::ranges::all_of(stage.episode().actions, [](float action) { return action == 1; }));
  EXPECT_EQ(std::ssize(stage.episode().actions), stage.length());
  EXPECT_LT(stage.length(), 15);
}

TEST(Stage, RecordsWhichParameterWasTurnedWhen) {
  Stage stage(random_player("CartPole-v1"));
  stage.start(0, 3, {});
  for (int i = 0; i < 5; ++i) stage.step();
  stage.set_param("gravity", 3);
  const auto& change = stage.episode().changes.at(0);
  EXPECT_EQ(change.step, 5);
  EXPECT_EQ(change.param, "gravity");
  EXPECT_EQ(change.value, 3);
  EXPECT_EQ(stage.params()[0].value, 3);
}

TEST(Stage, RefusesAParameterThatIsNotThereAndRecordsNothing) {
  Stage stage(random_player("CartPole-v1"));
  stage.start(0, 3, {});
  EXPECT_THROW(stage.set_param("gravty", 3), core::UsageError);
  EXPECT_THROW(stage.set_param("gravity", 1e300), core::UsageError);
  EXPECT_TRUE(stage.episode().changes.empty());
}

TEST(Stage, KeepsTurnedParametersWhenItGoesBackNoFurther) {
  Stage stage(random_player("CartPole-v1"));
  stage.start(0, 3, {});
  for (int i = 0; i < 5; ++i) stage.step();
  stage.set_param("gravity", 3);
  stage.step();
  stage.rewind(5);
  EXPECT_EQ(stage.params()[0].value, 3);
  stage.rewind(4);
  EXPECT_EQ(stage.params()[0].value, 9.8);
}

TEST(Stage, ForgetsTurnedParametersInTheNextEpisode) {
  Stage stage(random_player("CartPole-v1"));
  stage.start(0, 3, {});
  stage.set_param("gravity", 3);
  stage.start(1, 4, {});
  EXPECT_EQ(stage.params()[0].value, 9.8);
}

TEST(Stage, HoldsTheEndOfAnEpisode) {
  const Stage stage = played(random_player("CartPole-v1"));
  EXPECT_TRUE(stage.terminated());
  EXPECT_EQ(stage.moment(stage.length()).scene.ending().good, false);
  EXPECT_FALSE(stage.moment(stage.length()).scene.ending().text.empty());
}

TEST(Stage, KeepsParametersAndDriftsForAnotherPlayer) {
  Stage stage(random_player("CartPole-v1", {"masspole=0.3"}, {"gravity:square:dwell=5,low=9,high=12"}));
  stage.recast(agent("CartPole-v1"));
  stage.start(0, 3, {.steps = 7});
  EXPECT_EQ(stage.params()[0].value, 12);
  EXPECT_EQ(stage.params()[2].value, 0.3);
  EXPECT_TRUE(stage.player().trainee);
}

TEST(Stage, CountsUpdatesAsFastAsItsTrainingDid) {
  Player player = agent("CartPole-v1");
  player.setting.updates_per_step = 0.25;
  Stage stage(std::move(player));
  stage.start(0, 3, {.steps = 100});
  EXPECT_EQ(stage.clocks_at(4).steps, 104);
  EXPECT_EQ(stage.clocks_at(4).updates, 26);
}

TEST(Stage, HoldsClocksThatNoTrainingHasReached) {
  Player player = random_player("CartPole-v1");
  player.setting.updates_per_step = 1e300;
  Stage stage(std::move(player));
  stage.start(0, 3, {.steps = 100});
  EXPECT_GT(stage.clocks_at(4).updates, 0);
}

}  // namespace
}  // namespace rhoam::watch
