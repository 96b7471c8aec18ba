// What every environment promises behind every perturbation, and when any of its parameters
// drifts.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <tuple>

#include "rhoam/envs/drifting.h"
#include "rhoam/envs/perturbed.h"
#include "rhoam/tests/envs/play.h"
#include "rhoam/tests/envs/tested_envs.h"

namespace rhoam::envs {

static void PrintTo(const Param<Perturbations>& param, std::ostream* out) { *out << param.name; }

namespace {

constexpr int kPerturbedRows = 3;

std::string test_name(std::string name) {
  std::erase_if(name, [](char c) { return c == '-'; });
  return name;
}

std::unique_ptr<Perturbed> perturbed(const TestedEnv& env) {
  return std::make_unique<Perturbed>(env.entry.make(kPerturbedRows, nullptr));
}

std::vector<double> play_from_start(VectorEnv& env, int steps) {
  StepBatch batch;
  env.reset(7, batch);
  std::vector<double> log(batch.obs.begin(), batch.obs.end());
  core::Stream stream(1);
  const auto rest = play(env, batch, steps, stream);
  log.insert(log.end(), rest.begin(), rest.end());
  return log;
}

class BehindPerturbation : public testing::TestWithParam<std::tuple<TestedEnv, Param<Perturbations>>> {
 protected:
  std::unique_ptr<Perturbed> make() const { return perturbed(std::get<0>(GetParam())); }
  const char* name() const { return std::get<1>(GetParam()).name; }
  /// Not neutral for any of them.
  double strength() const { return std::get<1>(GetParam()).whole ? 1 : 0.5; }
};

TEST_P(BehindPerturbation, NeutralAgainChangesNoBit) {
  const auto env = make();
  const auto plain = std::get<0>(GetParam()).entry.make(kPerturbedRows, nullptr);
  env->set_param(name(), strength());
  play_from_start(*env, 3);
  env->set_param(name(), Perturbations().*std::get<1>(GetParam()).member);
  EXPECT_EQ(play_from_start(*env, 200), play_from_start(*plain, 200));
}

TEST_P(BehindPerturbation, ContinuesBitForBitAfterSaveAndLoad) {
  const auto env = make(), restored = make();
  StepBatch batch, batch2;
  env->reset(3, batch);
  core::Stream stream(2);
  play(*env, batch, 20, stream);
  env->set_param(name(), strength());  // in the middle of running episodes
  play(*env, batch, 27, stream);
  core::Tensors saved;
  env->save(saved, "world");
  restored->load(saved, "world");
  auto stream2 = stream;
  EXPECT_EQ(play(*env, batch, 200, stream), play(*restored, batch2, 200, stream2));
}

TEST_P(BehindPerturbation, AParkedRowStaysAsItIs) {
  const auto env = make(), free = make();
  for (auto* each : {env.get(), free.get()}) {
    each->set_param(name(), strength());
    play_from_start(*each, 5);
  }
  core::Stream stream(6), stream2(6);
  StepBatch batch, batch2;
  play(*env, batch, 1, stream);
  play(*free, batch2, 1, stream2);
  env->park(0);
  const auto width = static_cast<std::ptrdiff_t>(env->spec().observation_size());
  const std::vector<float> parked(batch.obs.begin(), batch.obs.begin() + width);
  play(*env, batch, 10, stream);
  play(*free, batch2, 10, stream2);
  EXPECT_TRUE(std::equal(parked.begin(), parked.end(), batch.obs.begin()));
  EXPECT_TRUE(std::equal(batch.obs.begin() + width, batch.obs.end(), batch2.obs.begin() + width));
}

TEST_P(BehindPerturbation, AFrozenWorldIsPerturbedAlike) {
  const auto env = make(), frozen = make();
  env->set_param(name(), strength());
  play_from_start(*env, 3);
  core::Tensors saved;
  env->save(saved, "world");
  frozen->load_world(saved, "world");
  EXPECT_EQ(play_from_start(*env, 50), play_from_start(*frozen, 50));
}

INSTANTIATE_TEST_SUITE_P(
    All, BehindPerturbation,
    testing::Combine(testing::ValuesIn(tested_envs()),
                     testing::ValuesIn(Perturbations::params().begin(), Perturbations::params().end())),
    [](const auto& tested) {
      return test_name(std::get<0>(tested.param).name() + std::get<1>(tested.param).name);
    });

class UnderDrift : public testing::TestWithParam<TestedEnv> {};

TEST_P(UnderDrift, EveryParameterMayDriftAndAllAtOnce) {
  std::vector<std::string> texts;
  for (const auto& param : perturbed(GetParam())->params()) texts.push_back(jumping(param, 7));
  Drifting env(perturbed(GetParam()), parse_drifts(texts, 1000, 3));
  StepBatch batch;
  env.reset(1, batch);
  core::Stream stream(5);
  for (int step = 0; step < 100; ++step) {
    env.set_clocks({.steps = step, .updates = step});
    for (const double value : play(env, batch, 1, stream)) ASSERT_TRUE(std::isfinite(value));
  }
  EXPECT_EQ(env.take_changes().size(), 15U);
}

INSTANTIATE_TEST_SUITE_P(All, UnderDrift, testing::ValuesIn(tested_envs()),
                         [](const auto& tested) { return tested.param.name(); });

}  // namespace
}  // namespace rhoam::envs
