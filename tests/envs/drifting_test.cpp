#include "rhoam/envs/drifting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/core/schedule_kinds.h"
#include "rhoam/envs/perturbed.h"
#include "rhoam/tests/envs/play.h"

namespace rhoam::envs {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

std::unique_ptr<Drifting> drifting(const std::vector<std::string>& texts,
                                   const std::string& env = "CartPole-v1") {
  auto world = std::make_unique<Perturbed>(make_vector_env(env, 2, nullptr));
  return std::make_unique<Drifting>(std::move(world), parse_drifts(texts, 1000, 5));
}

double value_of(const VectorEnv& env, const std::string& name) {
  for (const auto& param : env.params())
    if (param.name == name) return param.value;
  return -1;
}

void expect_refusal(const std::vector<std::string>& texts, const std::string& part) {
  EXPECT_THAT([&] { drifting(texts); }, ThrowsMessage<core::UsageError>(HasSubstr(part))) << texts[0];
}

TEST(Drifting, ParametersFollowTheirSchedules) {
  const auto env = drifting({"gravity:linear:from=10,to=20,over=100", "action-flip:square:dwell=40updates"});
  EXPECT_EQ(value_of(*env, "gravity"), 10);
  env->set_clocks({.steps = 50, .updates = 40});
  EXPECT_EQ(value_of(*env, "gravity"), 15);
  EXPECT_EQ(value_of(*env, "action-flip"), 1);
  EXPECT_THAT(env->names(), ElementsAre("gravity", "action-flip"));
  EXPECT_THAT(env->values(), ElementsAre(15, 1));
}

TEST(Drifting, OnlyAJumpIsToldOf) {
  const auto env =
      drifting({"gravity:linear:from=10,to=20,over=100", "masspole:square:dwell=30,low=0.1,high=0.2"});
  EXPECT_FALSE(env->set_clocks({.steps = 0}));
  EXPECT_FALSE(env->set_clocks({.steps = 29}));
  EXPECT_TRUE(env->set_clocks({.steps = 30}));
  EXPECT_FALSE(env->set_clocks({.steps = 31}));
}

TEST(Drifting, RecordsTheStartAndEveryJump) {
  const auto env = drifting({"action-flip:square:dwell=10", "gravity:sine:period=7,low=5,high=15"});
  for (int step = 0; step < 25; ++step) env->set_clocks({.steps = step});
  const auto changes = env->take_changes();
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].clocks.steps, 0);
  EXPECT_EQ(changes[1].clocks.steps, 10);
  EXPECT_EQ(changes[1].values[0], 1);
  EXPECT_EQ(changes[2].values[0], 0);
  EXPECT_TRUE(env->take_changes().empty());
}

TEST(Drifting, WhatHasNoBoundsIsHeldWithinThoseOfTheParameter) {
  const auto env = drifting({"masspole:walk:scale=5,every=1,from=1"});
  for (int step = 0; step < 2000; ++step) env->set_clocks({.steps = step});
  double least = 1e9, most = -1e9;
  for (int step = 2000; step < 4000; ++step) {
    env->set_clocks({.steps = step});
    least = std::min(least, value_of(*env, "masspole"));
    most = std::max(most, value_of(*env, "masspole"));
  }
  EXPECT_GE(least, 0.001);
  EXPECT_LE(most, 100);
}

TEST(Drifting, WholeParametersGetWholeNumbers) {
  const auto env = drifting({"action-delay:linear:from=0,to=3,over=30"});
  env->set_clocks({.steps = 14});
  EXPECT_EQ(value_of(*env, "action-delay"), 1);
  env->set_clocks({.steps = 16});
  EXPECT_EQ(value_of(*env, "action-delay"), 2);
}

TEST(Drifting, TheAdvantageScaleIsFollowedButNotSet) {
  const auto env = drifting({"advantage-scale:square:dwell=10,amplitude=2.3"});
  EXPECT_TRUE(env->set_clocks({.steps = 10}));
  EXPECT_THAT(env->values(), ElementsAre(2.3));
}

TEST(Drifting, FollowsARuleOfOnesOwn) {
  const core::Schedule rule([](const core::Clocks& clocks) { return clocks.episodes % 2 == 0 ? 5.0 : 9.0; },
                            {.low = 5, .high = 9});
  Drifting env(make_vector_env("CartPole-v1", 1, nullptr), {{"gravity", rule}});
  env.set_clocks({.episodes = 7});
  EXPECT_EQ(value_of(env, "gravity"), 9);
}

/// A text of this kind with every key that it needs; of two times the second is the shorter.
std::string text_of(const core::ScheduleKind& kind) {
  constexpr const char* kByType[] = {"1", "7", "7", "1/2", "7"};
  std::string keys;
  for (const auto& [key, fallback] : kind.keys) {
    if (!std::isnan(fallback)) continue;
    const auto type = core::info(key).type;
    const bool second = type == core::KeyType::time && keys.find("=7") != std::string::npos;
    keys += (keys.empty() ? ":" : ",") + std::string(core::info(key).name) + "=" +
            (second ? "3" : kByType[static_cast<std::size_t>(type)]);
  }
  return kind.name + keys;
}

TEST(Drifting, EveryKindOfScheduleDrivesAParameter) {
  for (const auto& kind : core::schedule_table()) {
    const auto env = drifting({"observation-gain:" + text_of(kind)});
    for (int step = 0; step < 50; ++step) env->set_clocks({.steps = step});
    EXPECT_TRUE(std::isfinite(value_of(*env, "observation-gain"))) << kind.name;
  }
}

TEST(Drifting, NoKindOfScheduleLeavesItsBounds) {
  for (const auto& kind : core::schedule_table()) {
    auto schedule = core::parse_schedule(text_of(kind), {.whole_steps = 1000, .seed = 5});
    const auto bounds = schedule.bounds();
    for (int step = 0; step < 100; ++step)
      EXPECT_TRUE(bounds.contains(schedule.at({.steps = step}))) << kind.name;
  }
}

TEST(Drifting, APathDependsNeitherOnAskingNorOnOtherDrifts) {
  const std::string walk = "gravity:ou:tau=50,center=10,amplitude=3";
  const auto often = drifting({walk}), rarely = drifting({walk, "length:ou:tau=9,center=1,amplitude=0.1"});
  for (int step = 0; step <= 777; ++step) often->set_clocks({.steps = step});
  rarely->set_clocks({.steps = 777});
  EXPECT_EQ(often->values()[0], rarely->values()[0]);
}

TEST(Drifting, GoesOnFromItsState) {
  const std::vector<std::string> texts{"gravity:ou:tau=50,center=10,amplitude=3",
                                       "action-flip:telegraph:dwell=20"};
  const auto env = drifting(texts), restored = drifting(texts);
  StepBatch batch, batch2;
  env->reset(4, batch);
  core::Stream stream(3);
  env->set_clocks({.steps = 300});
  play(*env, batch, 20, stream);
  core::Tensors saved;
  env->save(saved, "env");
  restored->load(saved, "env");
  EXPECT_TRUE(restored->take_changes().empty());
  EXPECT_TRUE(std::ranges::equal(env->values(), restored->values()));
  auto stream2 = stream;
  for (int step = 301; step < 400; ++step) {
    EXPECT_EQ(env->set_clocks({.steps = step}), restored->set_clocks({.steps = step}));
    EXPECT_EQ(play(*env, batch, 1, stream), play(*restored, batch2, 1, stream2));
  }
}

TEST(Drifting, DamagedValuesAreRefused) {
  const auto env = drifting({"gravity:square:dwell=9,low=5,high=10"});
  core::Tensors saved;
  env->save(saved, "env");
  saved.all().erase("env/drift/values");
  saved.put("env/drift/values", std::vector<double>{-3});
  EXPECT_THROW(env->load(saved, "env"), core::CorruptError);
}

TEST(Drifting, AnUnknownParameterIsAnsweredWithAllThatThereAre) {
  EXPECT_THAT([] { drifting({"gravitty:sine:period=9"}); },
              ThrowsMessage<core::UsageError>(
                  AllOf(HasSubstr("did you mean 'gravity'?"), HasSubstr("force_mag -100 to 100 (N)"),
                        HasSubstr("action-delay"), HasSubstr("advantage-scale"))));
}

TEST(Drifting, RefusesWhatTheWorldDoesNotAllow) {
  expect_refusal({"masspole:square:dwell=9,low=-1,high=1"},
                 "masspole cannot be -1; allowed: 0.001 … 100 (kg)");
  expect_refusal({"masspole:growth:tau=9,from=1000"}, "masspole cannot be 1000");
  expect_refusal({"gravity:1e300"}, "gravity cannot be 1e+300");
  expect_refusal({"advantage-scale:square:dwell=9,high=1e300"}, "advantage-scale cannot be 1e+300");
  expect_refusal({"action-flip:square:dwell=9,high=0.5"}, "whole numbers only, not 0.5");
  expect_refusal({"action-delay:steps:at=9/10,values=0/1.5/2"}, "whole numbers only, not 1.5");
  expect_refusal({"gravity:9", "gravity:10"}, "gravity drifts already");
}

}  // namespace
}  // namespace rhoam::envs
