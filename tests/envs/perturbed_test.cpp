#include "rhoam/envs/perturbed.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "rhoam/core/errors.h"
#include "rhoam/envs/batch.h"
#include "rhoam/envs/normalize.h"
#include "rhoam/tests/envs/play.h"

namespace rhoam::envs {
namespace {

/// Shows the action that it was given, in every component of the reward and of the observation; an episode is
/// six steps long.
template <int kActions, int kSize>
struct Echo {
  double last = 0;
  std::array<float, kSize> given{};

  static std::span<const Param<Echo>> params() { return {}; }
  EnvSpec spec() const {
    return {.id = "Echo",
            .observation = std::vector<Bound>(kSize, {-9, 9}),
            .action = {.n = kActions, .bounds = std::vector<Bound>(kActions > 0 ? 0 : kSize, {-9, 9})},
            .max_episode_steps = 6,
            .reward_threshold = 0,
            .summary = ""};
  }
  void reset(core::Draws&) { given.fill(-9); }
  Step step(std::span<const float> action, core::Draws&) {
    std::ranges::copy(action, given.begin());
    return {.reward = static_cast<double>(action[0]), .terminated = false};
  }
  void observe(std::span<float> out) const { std::ranges::copy(given, out.begin()); }
  double regret(std::span<const float> action) const { return 10 - static_cast<double>(action[0]); }
  void save(Words&) const {}
  void load(WordReader&) {}
};
using FourActions = Echo<4, 1>;
using ThreeNumbers = Echo<0, 3>;

template <class World>
std::unique_ptr<Perturbed> perturbed(const std::map<std::string, double>& params, int rows = 1) {
  auto env = std::make_unique<Perturbed>(std::make_unique<Batch<World>>(rows, nullptr));
  for (const auto& [name, value] : params) env->set_param(name, value);
  StepBatch batch;
  env->reset(1, batch);
  return env;
}

/// What the world is given when the agent acts like this.
std::vector<float> executed(VectorEnv& env, const std::vector<float>& actions) {
  std::vector<float> given;
  StepBatch batch;
  for (const float action : actions) {
    env.step(std::vector<float>{action}, batch);
    given.push_back(batch.reward[0]);
  }
  return given;
}

using Actions = std::vector<float>;

TEST(Perturbed, AFlipMirrorsTheActions) {
  EXPECT_EQ(executed(*perturbed<FourActions>({{"action-flip", 1}}), {0, 1, 3}), (Actions{3, 2, 0}));
  EXPECT_EQ(executed(*perturbed<Echo<0, 1>>({{"action-flip", 1}}), {0.5F, -2}), (Actions{-0.5F, 2}));
}

TEST(Perturbed, APermutationShiftsActionsOrComponents) {
  EXPECT_EQ(executed(*perturbed<FourActions>({{"action-permutation", 3}}), {0, 1, 3}), (Actions{3, 0, 2}));
  const auto env = perturbed<ThreeNumbers>({{"action-permutation", 1}});
  StepBatch batch;
  env->step(Actions{1, 2, 3}, batch);
  EXPECT_EQ(batch.obs, (Actions{3, 1, 2}));
}

TEST(Perturbed, ADelayGivesActionsLateAndBeginsWithZeros) {
  EXPECT_EQ(executed(*perturbed<FourActions>({{"action-delay", 2}}), {3, 1, 2, 3, 3}),
            (Actions{0, 0, 3, 1, 2}));
}

TEST(Perturbed, TheEndOfAnEpisodeForgetsWhatWaits) {
  EXPECT_EQ(executed(*perturbed<FourActions>({{"action-delay", 1}}), {3, 3, 3, 3, 3, 3, 2, 1}),
            (Actions{0, 3, 3, 3, 3, 3, 0, 2}));
}

TEST(Perturbed, ADelayThatDriftsReadsWhatWasChosenThen) {
  const auto env = perturbed<FourActions>({});
  executed(*env, {3, 2});
  env->set_param("action-delay", 2);
  EXPECT_EQ(executed(*env, {1, 1}), (Actions{3, 2}));
}

TEST(Perturbed, AStickyActionIsTheFirstOfTheEpisode) {
  EXPECT_EQ(executed(*perturbed<FourActions>({{"sticky-actions", 1}}), {3, 1, 2, 0, 1, 1, 2, 0}),
            (Actions{3, 3, 3, 3, 3, 3, 2, 2}));
}

TEST(Perturbed, ActionsStickAtTheirRate) {
  const auto env = perturbed<FourActions>({{"sticky-actions", 0.25}}, 200);
  StepBatch batch;
  int stuck = 0;
  for (int t = 0; t < 60; ++t) {  // ten episodes; actions 0, 1, 2, … in turn
    env->step(Actions(200, static_cast<float>(t % 4)), batch);
    for (const float reward : batch.reward) stuck += reward != static_cast<float>(t % 4);
  }
  // No first step can stick. Four standard errors are 173; 1/4^4 of the stuck come back to the right action.
  EXPECT_NEAR(stuck, 200 * 50 * 0.25, 220);
}

TEST(Perturbed, RewardsScaleByTheRootOfTheirVarianceAndReturnsDoNot) {
  const auto env = perturbed<FourActions>({{"reward-scale", 2 * std::log(10.0)}});
  StepBatch batch;
  for (int t = 0; t < 6; ++t) env->step(Actions{3}, batch);
  EXPECT_FLOAT_EQ(batch.reward[0], 30);
  EXPECT_EQ(batch.episode_return[0], 18);
}

TEST(Perturbed, GainAndNoiseAreOnEveryObservationFinalOnesToo) {
  const auto env = perturbed<FourActions>({{"observation-gain", 100}, {"observation-noise", 0.5}}, 2000);
  StepBatch batch;
  for (int t = 0; t < 6; ++t) env->step(Actions(2000, 2), batch);
  for (const auto& [seen, center] : {std::pair{batch.final_obs, 200.0}, {batch.obs, -900.0}}) {
    double mean = 0, squares = 0;
    for (const float value : seen) mean += static_cast<double>(value) / 2000;
    for (const float value : seen) squares += std::pow(static_cast<double>(value) - center, 2) / 2000;
    EXPECT_NEAR(mean, center, 0.05);  // four standard errors are 0.045
    EXPECT_NEAR(squares, 0.25, 0.035);
  }
}

TEST(Perturbed, AParkedRowRestsBehindAFilterToo) {
  Perturbed env(std::make_unique<ScaleObservation>(std::make_unique<Batch<FourActions>>(2, nullptr),
                                                   std::vector<double>{2}));
  env.set_param("observation-gain", 10);
  StepBatch batch;
  env.reset(1, batch);
  env.step(Actions{1, 1}, batch);
  env.park(0);
  env.step(Actions{3, 3}, batch);
  EXPECT_EQ(batch.obs, (Actions{20, 60}));
}

TEST(Perturbed, ToldIsWhatTheWorldWasGiven) {
  const auto env = perturbed<FourActions>({{"action-flip", 1}, {"action-delay", 1}}, 2);
  StepBatch batch;
  for (const float expected : {0.0F, 2.0F, 3.0F}) {
    env->step(Actions{1, expected == 0 ? 1.0F : 0.0F}, batch);
    EXPECT_EQ(env->executed(1)[0], expected);
    EXPECT_EQ(env->executed(1)[0], batch.reward[1]);
  }
}

TEST(Perturbed, TheRegretIsThatOfWhatTheWorldWasGiven) {
  const auto env = perturbed<FourActions>({{"action-flip", 1}});
  StepBatch batch;
  env->step(Actions{3}, batch);
  EXPECT_EQ(batch.regret, std::vector<double>{10});
}

TEST(Perturbed, NamesItsParametersAfterThoseOfTheEnvironment) {
  const Perturbed env(make_vector_env("CartPole-v1", 1, nullptr));
  EXPECT_EQ(env.params().front().name, "gravity");
  EXPECT_EQ(env.params().back().name, "sticky-actions");
  EXPECT_TRUE(is_perturbation("action-flip"));
  EXPECT_FALSE(is_perturbation("gravity"));
}

TEST(Perturbed, RefusesValuesOutOfRange) {
  Perturbed env(make_vector_env("CartPole-v1", 1, nullptr));
  EXPECT_THROW(env.set_param("action-flip", 0.5), core::UsageError);
  EXPECT_THROW(env.set_param("action-delay", 32), core::UsageError);
  EXPECT_THROW(env.set_param("sticky-actions", 1.1), core::UsageError);
  EXPECT_THROW(env.set_param("reward-scale", std::nan("")), core::UsageError);
}

}  // namespace
}  // namespace rhoam::envs
