#include "rhoam/watch/viewer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "rhoam/envs/registry.h"
#include "rhoam/tests/watch/players.h"
#include "rhoam/tests/watch/viewer_fixture.h"

namespace rhoam::watch {
namespace {

using ::testing::HasSubstr;

TEST_F(ViewerTest, PlaysFiftyStepsInASecond) {
  pass(1);
  EXPECT_EQ(playback_.head(), 50);
}

TEST_F(ViewerTest, PlaysAsManyStepsAsItsSpeedSays) {
  press(U"--");
  pass(2);
  EXPECT_EQ(playback_.head(), 25);
  press(U"+++");
  pass(0.25);
  EXPECT_EQ(playback_.head(), 50);
}

TEST_F(ViewerTest, LeavesOutWhatASlowMachineCannotPlayInTime) {
  press(U"++++");
  viewer_.pass(0.25, {});
  EXPECT_LE(playback_.head(), 100);
  EXPECT_GE(playback_.head(), std::min<std::int64_t>(60, simulation().length()));
}

TEST_F(ViewerTest, IsNeitherFasterThanSixteenNorSlowerThanAQuarter) {
  press(U"++++++++++");
  EXPECT_EQ(viewer_.speed(), 16);
  press(U"---------------");
  EXPECT_EQ(viewer_.speed(), 0.25);
}

TEST_F(ViewerTest, ComesBackToRealTime) {
  press(U"==0");
  EXPECT_EQ(viewer_.speed(), 1);
}

TEST_F(ViewerTest, PausesAndGoesOn) {
  pass(0.5);
  press(U" ");
  pass(1);
  EXPECT_EQ(playback_.head(), 25);
  press(U" ");
  pass(0.5);
  EXPECT_EQ(playback_.head(), 50);
}

TEST_F(ViewerTest, StepsOnAndBackInAPause) {
  press(U"...");
  EXPECT_EQ(playback_.head(), 3);
  press(U",");
  EXPECT_EQ(playback_.head(), 2);
  pass(1);
  EXPECT_EQ(playback_.head(), 2);
}

TEST_F(ViewerTest, StartsTheSameEpisodeAgain) {
  pass(0.5);
  press(U"r");
  EXPECT_EQ(playback_.head(), 0);
  EXPECT_EQ(playback_.seed(), 3);
}

TEST_F(ViewerTest, GoesToTheNextEpisodeAndToTheOneBefore) {
  press(U"nn");
  EXPECT_EQ(playback_.seed(), 5);
  press(U"b");
  EXPECT_EQ(playback_.seed(), 4);
}

TEST_F(ViewerTest, SaysThatRandomActionsAreNeitherGreedyNorSampled) {
  press(U"s");
  EXPECT_TRUE(playback_.greedy());
  EXPECT_THAT(viewer_.notice(), HasSubstr("random"));
  EXPECT_THAT(viewer_.status(), HasSubstr("random"));
}

TEST(Viewer, SamplesAndIsGreedyAgain) {
  Playback playback(only(agent("CartPole-v1")), 0, true);
  Viewer viewer(playback);
  for (const char* mode : {"greedy", "sampled", "greedy"}) {
    EXPECT_EQ(viewer.status(), std::string("episode 1 · seed 0 · ") + mode + " · 1×");
    EXPECT_EQ(playback.greedy(), mode == std::string("greedy"));
    viewer.press(U's');
  }
}

TEST(Viewer, SaysHowEachOfSeveralPlays) {
  std::vector<Player> players;
  players.push_back(random_player("CartPole-v1"));
  for (int i = 0; i < 2; ++i) players.push_back(agent("CartPole-v1"));
  Playback playback(std::move(players), 0, true);
  Viewer viewer(playback);
  EXPECT_EQ(viewer.status(), "episode 1 · seed 0 · random and greedy · 1×");
  viewer.press(U'h');
  EXPECT_EQ(viewer.status(), "episode 1 · seed 0 · by hand and greedy · 1×");
}

TEST_F(ViewerTest, HidesNumbersAndCharts) {
  press(U"\tc");
  EXPECT_FALSE(viewer_.shown().overlays);
  EXPECT_FALSE(viewer_.shown().charts);
  press(U"\tc");
  EXPECT_TRUE(viewer_.shown().overlays);
  EXPECT_TRUE(viewer_.shown().charts);
}

TEST_F(ViewerTest, SaysThatGhostsNeedASecondRun) {
  press(U"g");
  EXPECT_FALSE(viewer_.shown().ghosts);
  EXPECT_THAT(viewer_.notice(), HasSubstr("second run"));
}

TEST_F(ViewerTest, TakesOverAndGivesBack) {
  press(U"h");
  EXPECT_TRUE(viewer_.by_hand());
  pass(0.5, {.x = 0, .y = 1});
  const auto& actions = simulation().episode().actions;
  EXPECT_TRUE(std::ranges::all_of(actions, [](float action) { return action == 2; }));
  press(U"h");
  EXPECT_FALSE(viewer_.by_hand());
  EXPECT_EQ(viewer_.notice(), "random actions again");
  pass(0.5);
  EXPECT_TRUE(std::ranges::any_of(actions, [](float action) { return action != 2; }));
}

TEST_F(ViewerTest, LeavesTheSteeringKeysToTheHand) {
  press(U"hsd");
  EXPECT_TRUE(playback_.greedy());
  EXPECT_FALSE(viewer_.selected());
}

TEST_F(ViewerTest, WaitsForTheHand) {
  viewer_.wait_for_hand();
  pass(1);
  EXPECT_EQ(playback_.head(), 0);
  EXPECT_THAT(viewer_.notice(), HasSubstr("space"));
  press(U" ");
  pass(0.5);
  EXPECT_EQ(playback_.head(), 25);
}

TEST_F(ViewerTest, LeavesAllOfAGameToTheHand) {
  viewer_.wait_for_hand();
  press(U"h");
  EXPECT_TRUE(viewer_.by_hand());
}

TEST_F(ViewerTest, AsksForPicturesAndFilmsOnce) {
  press(U"pv");
  EXPECT_TRUE(viewer_.take_screenshot());
  EXPECT_FALSE(viewer_.take_screenshot());
  EXPECT_TRUE(viewer_.take_record());
  EXPECT_FALSE(viewer_.take_record());
}

TEST_F(ViewerTest, OpensAndClosesTheHelp) {
  press(U"?");
  EXPECT_TRUE(viewer_.help());
  press(U"/");
  EXPECT_FALSE(viewer_.help());
}

TEST_F(ViewerTest, QuitsWithEitherKey) {
  Viewer other(playback_);
  press(U"q");
  EXPECT_TRUE(viewer_.quits());
  other.press(render::key::kEscape);
  EXPECT_TRUE(other.quits());
}

TEST_F(ViewerTest, DoesNothingOfOtherKeys) {
  const auto before = viewer_.status();
  for (const char32_t key : {U'x', U'Z', U'1', U'ä', render::key::kLeft, render::key::kUp,
                             render::key::kEnter, char32_t{0}, char32_t{0x10ffff}, char32_t{0xffffffff}})
    viewer_.press(key);
  pass(0.5);
  EXPECT_EQ(playback_.head(), 25);
  EXPECT_EQ(viewer_.status(), before);
  EXPECT_EQ(viewer_.notice(), "");
  EXPECT_FALSE(viewer_.quits() || viewer_.help() || viewer_.by_hand());
}

TEST_F(ViewerTest, ChoosesAParameterInThePanel) {
  press(U"d");
  EXPECT_EQ(viewer_.selected(), 0);
  viewer_.press(render::key::kUp);
  EXPECT_EQ(viewer_.selected(), simulation().params().size() - 1);
  viewer_.press(render::key::kDown);
  viewer_.press(render::key::kDown);
  EXPECT_EQ(viewer_.selected(), 1);
  press(U"d");
  EXPECT_FALSE(viewer_.selected());
}

TEST_F(ViewerTest, TurnsAParameterInSmallParts) {
  const double before = param(), width = simulation().params()[0].high - simulation().params()[0].low;
  press(U"d");
  viewer_.press(render::key::kRight);
  EXPECT_NEAR(param() - before, 0.05 * width, 1e-9);
  viewer_.press(render::key::kLeft);
  EXPECT_NEAR(param(), before, 1e-9);
}

TEST_F(ViewerTest, TurnsAParameterNoFurtherThanItGoes) {
  press(U"d");
  for (int i = 0; i < 100; ++i) viewer_.press(render::key::kRight);
  EXPECT_EQ(param(), simulation().params()[0].high);
}

TEST_F(ViewerTest, ClosesThePanelThoughAHandFlies) {
  press(U"dh");
  press(U"d");
  EXPECT_FALSE(viewer_.selected());
}

TEST_F(ViewerTest, ForgetsItsNoticeAfterAWhile) {
  viewer_.notify("seen");
  pass(2.25);
  EXPECT_EQ(viewer_.notice(), "seen");
  pass(0.5);
  EXPECT_EQ(viewer_.notice(), "");
}

TEST_F(ViewerTest, TellsTheEndOfAnEpisodeOnce) {
  playback_.play_ahead();
  int told = 0;
  for (int i = 0; i < 3000; ++i) told += viewer_.pass(kFrame, {});
  press(U"r");
  for (int i = 0; i < 3000; ++i) told += viewer_.pass(kFrame, {});
  EXPECT_EQ(told, 1);
}

TEST_F(ViewerTest, WantsTheNextEpisodeWhenTheEndWasSeen) {
  play_to_the_end();
  EXPECT_FALSE(viewer_.wants_next());
  pass(2);
  EXPECT_TRUE(viewer_.wants_next());
  playback_.next();
  viewer_.begin_episode();
  EXPECT_FALSE(viewer_.wants_next());
}

TEST(Viewer, ShowsTheEndOfASingleStepLongEnoughToBeSeen) {
  Playback playback{only(random_player("DriftBandit-v0")), 3, true};
  Viewer viewer(playback);
  playback.play_ahead();
  playback.forward();
  viewer.pass(0.75, {});
  EXPECT_FALSE(viewer.wants_next());
  viewer.pass(0.25, {});
  EXPECT_TRUE(viewer.wants_next());
}

TEST_F(ViewerTest, StaysAtTheEndInAPause) {
  play_to_the_end();
  press(U" ");
  pass(5);
  EXPECT_FALSE(viewer_.wants_next());
}

TEST_F(ViewerTest, SaysWhatIsShown) {
  EXPECT_EQ(viewer_.status(), "episode 1 · seed 3 · random · 1×");
  press(U"n--h ");
  EXPECT_EQ(viewer_.status(), "episode 2 · seed 4 · by hand · ¼× · paused");
}

TEST(Viewer, HasAHelpLineForEveryKeyOfTheIssue) {
  std::string all;
  for (const auto& [keys, does] : Viewer::keys()) all += keys + " ";
  for (const char* key : {"space", ".", ",", "+", "-", "0", "r", "n", "b", "s", "tab", "c", "g", "h", "p",
                          "v", "d", "?", "q, Esc"})
    EXPECT_THAT(all, HasSubstr(std::string(key) + " "));
}

TEST(Viewer, LaysWorldsOverEachOther) {
  std::vector<Player> players;
  for (int i = 0; i < 2; ++i) players.push_back(random_player("CartPole-v1"));
  Playback playback(std::move(players), 0, true);
  Viewer viewer(playback);
  viewer.press(U'g');
  EXPECT_TRUE(viewer.shown().ghosts);
}

TEST(Viewer, LaysNoWorldsOfDifferentKindsOverEachOther) {
  std::vector<Player> players;
  for (const char* env : {"CartPole-v1", "LunarLander-v3"}) players.push_back(random_player(env));
  Playback playback(std::move(players), 0, true);
  Viewer viewer(playback);
  viewer.press(U'g');
  EXPECT_FALSE(viewer.shown().ghosts);
}

TEST(Viewer, TurnsNoParameterThatOneOfTheWorldsLacks) {
  std::vector<Player> players;
  for (const char* env : {"CartPole-v1", "DriftBandit-v0"}) players.push_back(random_player(env));
  Playback playback(std::move(players), 0, true);
  Viewer viewer(playback);
  viewer.press(U'd');
  viewer.press(render::key::kRight);
  EXPECT_EQ(playback.simulations()[0].params()[0].value, 9.8);
  EXPECT_NE(viewer.notice(), "");
}

class ViewerOfEveryWorld : public testing::TestWithParam<std::string> {};

TEST_P(ViewerOfEveryWorld, TurnsEveryParameterBothWays) {
  Playback playback(only(random_player(GetParam())), 0, true);
  Viewer viewer(playback);
  viewer.press(U'd');
  for (const auto& param : playback.simulations()[0].params()) {
    for (const auto key : {render::key::kLeft, render::key::kRight, render::key::kRight}) viewer.press(key);
    EXPECT_EQ(viewer.notice(), "") << param.name;
    viewer.press(render::key::kDown);
  }
  viewer.pass(1, {});
  EXPECT_GT(playback.head(), 0);
}

TEST_P(ViewerOfEveryWorld, WantsTheNextEpisodeInTheEnd) {
  Playback playback(only(random_player(GetParam())), 0, true);
  Viewer viewer(playback);
  int frames = 0;
  for (; !viewer.wants_next() && frames < 3000; ++frames) viewer.pass(kFrame, {});
  EXPECT_LT(frames, 3000);
}

INSTANTIATE_TEST_SUITE_P(All, ViewerOfEveryWorld, testing::ValuesIn(envs::env_ids()),
                         [](const auto& tested) { return tested.param.substr(0, tested.param.find('-')); });

}  // namespace
}  // namespace rhoam::watch
