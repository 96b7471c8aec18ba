#include "rhoam/watch/world_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rhoam/core/errors.h"
#include "rhoam/envs/registry.h"
#include "rhoam/tests/core/scratch_folder.h"
#include "rhoam/tests/watch/players.h"
#include "rhoam/training/checkpoint.h"

namespace rhoam::watch {
namespace {

double value_of(const training::World& world, const std::string& name) {
  for (const auto& param : world.env->params())
    if (param.name == name) return param.value;
  return std::numeric_limits<double>::quiet_NaN();
}

std::string refusal_of(const WorldConfig& setting) {
  return test::error_of<core::UsageError>([&] { make_world(setting); });
}

TEST(WorldConfig, IsTheEnvironmentAsItIs) {
  const auto world = make_world({.env = "CartPole-v1"});
  EXPECT_EQ(value_of(world, "gravity"), 9.8);
  EXPECT_EQ(world.drifting, nullptr);
  EXPECT_EQ(world.env->size(), 1);
}

TEST(WorldConfig, HasItsParameters) {
  const auto world = make_world({.env = "CartPole-v1", .params = {"gravity=3", "action-delay=2"}});
  EXPECT_EQ(value_of(world, "gravity"), 3);
  EXPECT_EQ(value_of(world, "action-delay"), 2);
}

TEST(WorldConfig, HasItsDrifts) {
  const auto world = make_world({.env = "CartPole-v1", .drifts = {"gravity:square:dwell=5,low=9,high=12"}});
  world.env->set_clocks({.steps = 5});
  EXPECT_EQ(value_of(world, "gravity"), 12);
}

TEST(WorldConfig, DriftsOnItsSeed) {
  const auto level = [](std::uint64_t seed) {
    const auto world = make_world(
        {.env = "CartPole-v1", .drifts = {"gravity:ou:tau=9,center=9,amplitude=1"}, .drift_seed = seed});
    return world.drifting->values()[0];
  };
  EXPECT_EQ(level(1), level(1));
  EXPECT_NE(level(1), level(2));
}

TEST(WorldConfig, HoldsTheEndOfAnEpisode) {
  const auto world = make_world({.env = "CartPole-v1"});
  envs::StepBatch batch;
  world.env->reset(0, batch);
  const float left[] = {0};
  do world.env->step(left, batch);
  while (!batch.ended(0));
  const auto end = world.env->state_hash();
  world.env->step(left, batch);
  EXPECT_EQ(world.env->state_hash(), end);
}

TEST(WorldConfig, RefusesWhatTheWorldLacks) {
  EXPECT_THAT(refusal_of({.env = "CartPol-v1"}), testing::HasSubstr("did you mean"));
  EXPECT_THAT(refusal_of({.env = "CartPole-v1", .params = {"gravty=3"}}), testing::HasSubstr("did you mean"));
  EXPECT_THAT(refusal_of({.env = "CartPole-v1", .drifts = {"gravty:sine:period=9"}}),
              testing::HasSubstr("did you mean"));
}

TEST(WorldConfig, RefusesADriftInUpdatesWhereNothingLearns) {
  EXPECT_THAT(refusal_of({.env = "CartPole-v1", .drifts = {"gravity:sine:period=9updates,low=9,high=10"}}),
              testing::HasSubstr("steps or episodes"));
}

TEST(WorldConfig, TakesADriftInUpdatesOfATraining) {
  EXPECT_EQ(refusal_of({.env = "CartPole-v1",
                        .drifts = {"gravity:sine:period=9updates,low=9,high=10"},
                        .updates_per_step = 0.1}),
            "");
}

TEST(WorldConfig, KeepsOfACheckpointItsWorldAlone) {
  const auto origin = origin_of(trained("CartPole-v1", "param = sticky-actions=0.4\n"));
  EXPECT_TRUE(origin.contains("env/perturbed/params"));
  for (const auto& [name, tensor] : origin.all()) EXPECT_TRUE(name.starts_with("env/")) << name;
  EXPECT_LE(origin.all().size(), 3);
}

class SettingOfEveryWorld : public testing::TestWithParam<std::string> {};

TEST_P(SettingOfEveryWorld, HasTheParametersOfItsOrigin) {
  const auto checkpoint = trained(GetParam(), "param = sticky-actions=0.4\nnormalize-observation = true\n");
  const auto config = training::TrainingConfig::of(checkpoint);
  const AgentView beholder{config, checkpoint};
  const WorldConfig setting{.env = GetParam(), .origin = origin_of(checkpoint)};
  const auto seen = make_world(setting, &beholder), alone = make_world(setting);
  EXPECT_EQ(value_of(alone, "sticky-actions"), 0.4);
  for (const auto& param : seen.env->params()) EXPECT_EQ(value_of(alone, param.name), param.value);
}

TEST_P(SettingOfEveryWorld, PlaysTheSameWhetherAnAgentSeesItOrNot) {
  const auto checkpoint = trained(GetParam(), "param = sticky-actions=0.4\nnormalize-observation = true\n");
  const auto config = training::TrainingConfig::of(checkpoint);
  const AgentView beholder{config, checkpoint};
  const WorldConfig setting{.env = GetParam(), .origin = origin_of(checkpoint)};
  const auto seen = make_world(setting, &beholder), alone = make_world(setting);
  envs::StepBatch one, other;
  seen.env->reset(3, one);
  alone.env->reset(3, other);
  const std::vector<float> action(static_cast<std::size_t>(seen.env->spec().action.size()));
  for (int t = 0; t < 40; ++t) {
    seen.env->step(action, one);
    alone.env->step(action, other);
    ASSERT_EQ(one.reward, other.reward) << t;
    ASSERT_EQ(seen.env->state_hash(), alone.env->state_hash()) << t;
  }
}

INSTANTIATE_TEST_SUITE_P(All, SettingOfEveryWorld, testing::ValuesIn(envs::env_ids()),
                         [](const auto& tested) { return tested.param.substr(0, tested.param.find('-')); });

}  // namespace
}  // namespace rhoam::watch
