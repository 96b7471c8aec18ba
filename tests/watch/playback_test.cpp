#include "rhoam/watch/playback.h"

#include <gtest/gtest.h>

#include "rhoam/core/errors.h"
#include "rhoam/tests/watch/players.h"

namespace rhoam::watch {
namespace {

constexpr const char* kDrift = "gravity:linear:from=9,to=19,over=10000";

Playback cart(std::vector<std::string> drifts = {}) {
  return {only(random_player("CartPole-v1", {}, std::move(drifts))), 3, true};
}

/// Two worlds on one clock: the second is over much later.
Playback two_carts() {
  std::vector<Player> players;
  players.push_back(random_player("CartPole-v1", {"theta_threshold_radians=0.05"}));
  players.push_back(random_player("CartPole-v1", {"gravity=0.1", "theta_threshold_radians=1"}));
  return {std::move(players), 3, true};
}

const Simulation& simulation(const Playback& playback) { return playback.simulations()[0]; }

void forward(Playback& playback, int steps) {
  for (int i = 0; i < steps; ++i) playback.forward();
}

TEST(Playback, BeginsAtTheFirstSeed) {
  const Playback playback = cart();
  EXPECT_EQ(playback.seed(), 3);
  EXPECT_EQ(playback.number(), 0);
  EXPECT_EQ(playback.head(), 0);
}

TEST(Playback, ShowsAgainWhatWasPlayedOnce) {
  Playback playback = cart();
  forward(playback, 6);
  const auto played = simulation(playback).episode().actions;
  for (int i = 0; i < 4; ++i) playback.back();
  EXPECT_EQ(playback.head(), 2);
  EXPECT_EQ(simulation(playback).length(), 6);
  forward(playback, 4);
  EXPECT_EQ(simulation(playback).episode().actions, played);
}

TEST(Playback, StopsAtBothEnds) {
  Playback playback = cart();
  playback.back();
  EXPECT_EQ(playback.head(), 0);
  forward(playback, 600);
  EXPECT_TRUE(playback.at_end());
  EXPECT_EQ(playback.head(), simulation(playback).length());
}

TEST(Playback, PlaysAheadWithoutMovingTheHead) {
  Playback playback = cart();
  playback.play_ahead();
  EXPECT_EQ(playback.head(), 0);
  EXPECT_TRUE(simulation(playback).over());
  EXPECT_FALSE(playback.at_end());
}

TEST(Playback, HoldsAWorldThatIsOverUntilTheOthersAre) {
  Playback playback = two_carts();
  playback.play_ahead();
  const auto first = playback.simulations()[0].length(), second = playback.simulations()[1].length();
  ASSERT_LT(first, second);
  forward(playback, static_cast<int>(first) + 1);
  EXPECT_EQ(playback.head_of(playback.simulations()[0]), first);
  EXPECT_EQ(playback.head_of(playback.simulations()[1]), first + 1);
  EXPECT_FALSE(playback.at_end());
}

TEST(Playback, StartsEveryWorldOnTheSameSeed) {
  Playback playback = two_carts();
  playback.next();
  for (const auto& each : playback.simulations()) EXPECT_EQ(each.episode().seed, 4);
}

TEST(Playback, GoesOnDriftingWhereTheLongestEpisodeEnded) {
  Playback playback = two_carts();
  playback.play_ahead();
  const auto longest = playback.simulations()[1].length();
  playback.next();
  EXPECT_EQ(simulation(playback).episode().start.steps, longest);
  EXPECT_EQ(simulation(playback).episode().start.episodes, 1);
}

TEST(Playback, ComesBackToTheSameEpisodes) {
  Playback playback = cart({kDrift});
  std::vector<Episode> seen;
  for (int i = 0; i < 3; ++i, playback.next()) {
    playback.play_ahead();
    seen.push_back(simulation(playback).episode());
  }
  for (int i = 2; i >= 0; --i) {
    playback.previous();
    playback.play_ahead();
    const auto& again = simulation(playback).episode();
    EXPECT_EQ(again.seed, seen[static_cast<std::size_t>(i)].seed);
    EXPECT_EQ(again.start.steps, seen[static_cast<std::size_t>(i)].start.steps);
    EXPECT_EQ(again.hashes, seen[static_cast<std::size_t>(i)].hashes);
  }
}

TEST(Playback, HasNoEpisodeBeforeTheFirst) {
  Playback playback = cart();
  playback.previous();
  EXPECT_EQ(playback.number(), 0);
  EXPECT_EQ(playback.seed(), 3);
}

TEST(Playback, RestartsWithTheSameSeedAndClocks) {
  Playback playback = cart({kDrift});
  playback.next();
  playback.play_ahead();
  const auto before = simulation(playback).episode();
  playback.restart();
  EXPECT_EQ(playback.head(), 0);
  playback.play_ahead();
  EXPECT_EQ(simulation(playback).episode().hashes, before.hashes);
}

TEST(Playback, LetsAHandForgetWhatCameAfter) {
  Playback playback = cart();
  playback.play_ahead();
  const auto pilots = simulation(playback).episode().actions;
  forward(playback, 4);
  const float other[] = {1 - pilots[4]};
  playback.forward(other);
  EXPECT_EQ(simulation(playback).length(), 5);
  EXPECT_EQ(simulation(playback).episode().actions[3], pilots[3]);
  EXPECT_EQ(simulation(playback).episode().actions[4], other[0]);
}

TEST(Playback, GivesTheHandTheFirstWorldOnly) {
  Playback playback = two_carts();
  playback.play_ahead();
  const auto second = playback.simulations()[1].episode().hashes;
  const float left[] = {0};
  while (!playback.at_end()) playback.forward(left);
  EXPECT_EQ(playback.simulations()[1].episode().hashes, second);
}

TEST(Playback, TurnsAParameterFromTheHeadOn) {
  Playback playback = two_carts();
  playback.play_ahead();
  forward(playback, 3);
  playback.set_param("masscart", 7);
  for (const auto& each : playback.simulations()) {
    EXPECT_EQ(each.length(), 3);
    EXPECT_EQ(each.episode().changes.at(0).step, 3);
  }
}

TEST(Playback, SamplesFromTheHeadOn) {
  Playback playback(only(agent("CartPole-v1")), 3, true);
  playback.play_ahead();
  const auto greedy = simulation(playback).episode().actions;
  forward(playback, 5);
  playback.set_greedy(false);
  EXPECT_EQ(simulation(playback).length(), 5);
  playback.play_ahead();
  const auto sampled = simulation(playback).episode().actions;
  EXPECT_TRUE(std::equal(greedy.begin(), greedy.begin() + 5, sampled.begin()));
  EXPECT_NE(greedy, sampled);
}

TEST(Playback, StaysSampledInTheNextEpisode) {
  Playback playback(only(agent("CartPole-v1")), 3, true);
  playback.set_greedy(false);
  playback.next();
  playback.play_ahead();
  const auto sampled = simulation(playback).episode().actions;
  playback.set_greedy(true);
  playback.restart();
  playback.play_ahead();
  EXPECT_NE(simulation(playback).episode().actions, sampled);
}

TEST(Playback, RefusesADriftOfAParameterThatIsNotThere) {
  EXPECT_THROW(cart({"wind_power:sine:period=9"}), core::UsageError);
}

}  // namespace
}  // namespace rhoam::watch
