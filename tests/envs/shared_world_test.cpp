#include "rhoam/envs/shared_world.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/envs/drift_bandit.h"
#include "rhoam/envs/tracking_target.h"
#include "rhoam/tests/envs/play.h"

namespace rhoam::envs {
namespace {

/// The rewards of an arm without noise: its mean, in every row.
std::vector<float> pull(VectorEnv& env, float arm) {
  StepBatch batch;
  env.step(std::vector<float>(static_cast<std::size_t>(env.size()), arm), batch);
  return batch.reward;
}

TEST(SharedWorld, AllRowsLiveInTheSameOne) {
  SharedWorld<DriftBandit> env(3);
  env.set_param("reward_noise", 0);
  const auto rewards = pull(env, 4);
  EXPECT_EQ(rewards, std::vector<float>(3, rewards[0]));
}

TEST(SharedWorld, MovesOncePerUpdateHoweverOftenItIsAsked) {
  SharedWorld<DriftBandit> often(1), rarely(5);
  StepBatch batch;
  for (VectorEnv* env : {static_cast<VectorEnv*>(&often), static_cast<VectorEnv*>(&rarely)}) {
    env->reset(3, batch);
    env->set_param("reward_noise", 0);
  }
  for (int update = 0; update <= 40; ++update) {
    often.set_clocks({.updates = update});
    const float before = pull(often, 2)[0];
    often.set_clocks({.steps = 1, .updates = update});
    EXPECT_EQ(pull(often, 2)[0], before);
  }
  const float start = pull(rarely, 2)[0];
  rarely.set_clocks({.updates = 40});
  EXPECT_EQ(pull(often, 2)[0], pull(rarely, 2)[0]);
  EXPECT_NE(pull(rarely, 2)[0], start);
}

TEST(SharedWorld, RefusesClocksThatOnlyADamagedFileHolds) {
  EXPECT_THROW(SharedWorld<DriftBandit>(1).set_clocks({.updates = std::int64_t{1} << 52}),
               core::CorruptError);
}

TEST(SharedWorld, AHeldRowShowsItsAction) {
  SharedWorld<DriftBandit> env(2);
  const auto chosen = [&] {
    DrawList list;
    env.draw(1, list);
    return std::ranges::count(list.shapes(), Ink::chosen, &Shape::ink);
  };
  EXPECT_EQ(chosen(), 0);
  env.hold_ends();
  pull(env, 3);
  EXPECT_EQ(chosen(), 1);
  StepBatch batch;
  env.reset(1, batch);
  EXPECT_EQ(chosen(), 0);
}

TEST(DriftBandit, RegretIsWhatTheBestArmIsAhead) {
  DriftBandit bandit;
  bandit.means.values = {0, 1, 2, 3, 4, 5, 6, 9, 8, 7};
  EXPECT_EQ(bandit.regret({}, std::vector<float>{2}), 7);
  EXPECT_EQ(bandit.regret({}, std::vector<float>{7}), 0);
}

TEST(DriftBandit, MeansStayStandardNormalAndForgetAtTheirRate) {
  DriftBandit bandit;
  bandit.correlation_time = 20;
  core::StreamDraws draws(core::Stream(1));
  bandit.start(draws);
  double squares = 0, lagged = 0;
  const int moves = 40000, n = moves * DriftBandit::kArms;
  for (int t = 0; t < moves; ++t) {
    const auto before = bandit.means.values;
    bandit.move(draws);
    for (std::size_t arm = 0; arm < before.size(); ++arm) {
      squares += before[arm] * before[arm] / n;
      lagged += before[arm] * bandit.means.values[arm] / n;
    }
  }
  // Independent samples: n/20; the standard error of the variance is then about 0.01.
  EXPECT_NEAR(squares, 1, 0.04);
  EXPECT_NEAR(lagged / squares, std::exp(-1 / 20.0), 0.002);
}

TEST(TrackingTarget, LosesTheSquareOfItsError) {
  TrackingTarget world;
  world.reward_noise = 0;
  world.target.values = {1, 2, 0, 0, 0, 0, 0, -1};
  const std::vector<float> seen{1, 1, 5, 5, 5, 5, 5, 1}, action{5};
  core::StreamDraws draws;
  EXPECT_EQ(world.reward(seen, action, draws), -9);
  EXPECT_EQ(world.regret(seen, action), 9);
}

TEST(TrackingTarget, EveryEpisodeShowsSomethingElse) {
  SharedWorld<TrackingTarget> env(1);
  StepBatch batch;
  env.reset(1, batch);
  const auto first = batch.obs;
  env.step(std::vector<float>{0}, batch);
  EXPECT_EQ(batch.final_obs, first);
  EXPECT_NE(batch.obs, first);
}

}  // namespace
}  // namespace rhoam::envs
