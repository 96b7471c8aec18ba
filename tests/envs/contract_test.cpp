// What every environment promises as a VectorEnv.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "rhoam/core/errors.h"
#include "rhoam/tests/envs/play.h"
#include "rhoam/tests/envs/tested_envs.h"

namespace rhoam::envs {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr int kRows = 4, kSteps = 260;

class EveryEnv : public testing::TestWithParam<TestedEnv> {
 protected:
  std::unique_ptr<VectorEnv> make(int rows = kRows, core::ThreadPool* pool = nullptr) const {
    return GetParam().entry.make(rows, pool);
  }
};

TEST_P(EveryEnv, SpecBelongsToTheId) {
  const auto env = make();
  EXPECT_EQ(env->spec().id, GetParam().entry.id);
  EXPECT_EQ(GetParam().entry.spec().id, GetParam().entry.id);
  EXPECT_EQ(env->size(), kRows);
}

TEST_P(EveryEnv, SameForAnyNumberOfThreads) {
  std::vector<std::vector<double>> logs;
  for (const int threads : {1, 2, 3}) {
    core::ThreadPool pool(core::ThreadPool::Exactly{threads});
    const auto env = make(kRows, &pool);
    StepBatch batch;
    env->reset(7, batch);
    core::Stream stream(1);
    logs.push_back(play(*env, batch, kSteps, stream));
  }
  EXPECT_EQ(logs[0], logs[1]);
  EXPECT_EQ(logs[0], logs[2]);
}

/// What row `row` of `rows` shows in its first step.
std::vector<float> first_step(VectorEnv& env, std::uint64_t seed, int row) {
  StepBatch batch;
  env.reset(seed, batch);
  env.step(std::vector<float>(static_cast<std::size_t>(env.size()) * env.spec().action.size()), batch);
  const auto width = static_cast<std::ptrdiff_t>(env.spec().observation_size());
  std::vector<float> shown(batch.obs.begin() + row * width, batch.obs.begin() + (row + 1) * width);
  shown.push_back(batch.reward[row]);
  return shown;
}

TEST_P(EveryEnv, ARowDependsOnSeedAndIndexOnly) {
  const auto one = make(1), three = make(3);
  EXPECT_EQ(first_step(*one, 7, 0), first_step(*three, 7, 0));
}

TEST_P(EveryEnv, SeedsAndRowsDifferWhereTheStartIsRandom) {
  const auto env = make(2);
  EXPECT_EQ(first_step(*env, 7, 0) != first_step(*env, 7, 1), GetParam().random_start);
  EXPECT_EQ(first_step(*env, 7, 0) != first_step(*env, 8, 0), GetParam().random_start);
}

TEST_P(EveryEnv, AFrozenWorldIsTheSavedOneAndStaysSo) {
  const auto env = make(), frozen = make(2);
  StepBatch batch;
  env->reset(3, batch);
  env->set_clocks({.updates = 500});
  for (const auto& param : env->params()) env->set_param(param.name, another_value(param));
  core::Tensors saved, again;
  env->save(saved, "world");
  frozen->load_world(saved, "world");
  frozen->reset(9, batch);
  frozen->set_clocks({.updates = 800});
  frozen->save(again, "world");
  for (const auto& [name, tensor] : saved.all()) {
    if (name != "world/rows") {
      EXPECT_EQ(tensor.bytes, again.all().at(name).bytes) << name;
    }
  }
}

std::vector<double> param_values_of(const VectorEnv& env) {
  std::vector<double> values;
  for (const auto& param : env.params()) values.push_back(param.value);
  return values;
}

TEST_P(EveryEnv, ContinuesBitForBitAfterSaveAndLoad) {
  const auto env = make(), restored = make();
  StepBatch batch, batch2;
  env->reset(3, batch);
  core::Stream stream(2);
  play(*env, batch, 20, stream);
  for (const auto& param : env->params())
    env->set_param(param.name, nearby_value(param));  // in the middle of running episodes
  play(*env, batch, 27, stream);
  core::Tensors saved;
  env->save(saved, "world");
  restored->load(saved, "world");
  EXPECT_EQ(param_values_of(*restored), param_values_of(*env));
  auto stream2 = stream;
  EXPECT_EQ(play(*env, batch, kSteps, stream), play(*restored, batch2, kSteps, stream2));
}

TEST_P(EveryEnv, SavesTheSameStateAfterLoading) {
  const auto env = make(), restored = make();
  StepBatch batch;
  env->reset(3, batch);
  core::Stream stream(2);
  play(*env, batch, 33, stream);
  core::Tensors saved, again;
  env->save(saved, "world");
  restored->load(saved, "world");
  restored->save(again, "world");
  EXPECT_EQ(saved.words("world/rows"), again.words("world/rows"));
  EXPECT_EQ(saved.metadata, again.metadata);
}

TEST_P(EveryEnv, RefusesStateOfAnotherEnvironmentOrSize) {
  core::Tensors saved, empty;
  make(2)->save(saved, "world");
  EXPECT_THROW(make(3)->load(saved, "world"), core::CorruptError);
  EXPECT_THROW(make(1)->load(saved, "world"), core::CorruptError);
  EXPECT_THROW(make(2)->load(empty, "world"), core::CorruptError);
  EXPECT_THROW(make(2)->load(saved, "other"), core::CorruptError);
  saved.metadata["world/env"] = "Elsewhere-v0";
  EXPECT_THROW(make(2)->load(saved, "world"), core::CorruptError);
}

TEST_P(EveryEnv, RefusesParametersThatItDoesNotAllow) {
  core::Tensors saved;
  make(1)->save(saved, "world");
  const auto values = param_values_of(*make(1));
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto params = values;
    params[i] = std::nan("");
    core::Tensors hostile = saved;
    hostile.all().erase("world/params");
    hostile.put("world/params", std::span<const double>(params));
    EXPECT_THROW(make(1)->load(hostile, "world"), core::CorruptError);
    EXPECT_THROW(make(1)->load_world(hostile, "world"), core::CorruptError);
  }
}

TEST_P(EveryEnv, DamagedStateIsRefusedOrHarmless) {
  const auto env = make(1);
  StepBatch batch;
  env->reset(1, batch);
  core::Stream stream(8);
  play(*env, batch, 10, stream);
  core::Tensors saved;
  env->save(saved, "world");
  int refused = 0;
  for (std::size_t i = 0; i < saved.words("world/rows").size(); ++i) {
    for (const int bit : {0, 20, 29, 62}) {
      core::Tensors damaged = saved;
      reinterpret_cast<std::uint64_t*>(damaged.all().at("world/rows").bytes.data())[i] ^= std::uint64_t{1}
                                                                                          << bit;
      try {
        make(1)->load(damaged, "world");
      } catch (const core::CorruptError&) {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 0);
}

/// Some observations are always the same, such as that of a bandit.
bool shows_nothing(const EnvSpec& spec) {
  return std::ranges::all_of(spec.observation, [](const Bound& bound) { return bound.low == bound.high; });
}

TEST_P(EveryEnv, AnEndedRowShowsItsLastObservationAndStartsAgain) {
  const auto env = make();
  StepBatch batch;
  env->reset(5, batch);
  core::Stream stream(4);
  std::vector<double> returns(kRows, 0.0);
  std::vector<std::int64_t> lengths(kRows, 0);
  int ended = 0;
  const auto width = static_cast<std::size_t>(env->spec().observation_size());
  const int limit = 2 * env->spec().max_episode_steps;  // by which every row has ended twice
  for (int t = 0; t < limit || t < kSteps; ++t) {
    if (ended > 2 * kRows && t >= kSteps) break;
    env->step(random_actions(env->spec().action, kRows, stream), batch);
    for (int row = 0; row < kRows; ++row) {
      returns[row] += static_cast<double>(batch.reward[row]);
      ++lengths[row];
      EXPECT_FALSE(batch.terminated[row] && batch.truncated[row]);
      if (!batch.ended(row)) continue;
      const auto at = static_cast<long>(static_cast<std::size_t>(row) * width);
      const bool same = std::equal(batch.obs.begin() + at, batch.obs.begin() + at + static_cast<long>(width),
                                   batch.final_obs.begin() + at);
      if (GetParam().random_start || shows_nothing(env->spec())) {
        EXPECT_EQ(same, shows_nothing(env->spec()));
      }
      EXPECT_EQ(batch.episode_length[row], lengths[row]);
      EXPECT_NEAR(batch.episode_return[row], returns[row], 1e-3);
      EXPECT_LE(lengths[row], env->spec().max_episode_steps);
      returns[row] = 0, lengths[row] = 0;
      ++ended;
    }
  }
  EXPECT_GT(ended, kRows);
}

TEST_P(EveryEnv, ObservationsLieInTheirSpace) {
  const auto env = make();
  StepBatch batch;
  env->reset(6, batch);
  core::Stream stream(5);
  const auto& bounds = env->spec().observation;
  for (int t = 0; t < kSteps; ++t) {
    env->step(random_actions(env->spec().action, kRows, stream), batch);
    for (std::size_t i = 0; i < batch.obs.size(); ++i) {
      const auto& [low, high] = bounds[i % bounds.size()];
      EXPECT_TRUE(batch.obs[i] >= low && batch.obs[i] <= high) << "component " << i % bounds.size();
    }
  }
}

TEST_P(EveryEnv, AParkedRowStaysAsItIs) {
  const auto env = make(2), free = make(2);
  StepBatch batch, batch2;
  env->reset(9, batch);
  free->reset(9, batch2);
  core::Stream stream(6), stream2(6);
  play(*env, batch, 5, stream);
  play(*free, batch2, 5, stream2);
  env->park(0);
  const auto width = static_cast<long>(env->spec().observation_size());
  const std::vector<float> parked(batch.obs.begin(), batch.obs.begin() + width);
  batch.reward[0] = -1e30F;  // never seen
  play(*env, batch, 10, stream);
  play(*free, batch2, 10, stream2);
  EXPECT_TRUE(std::equal(parked.begin(), parked.end(), batch.obs.begin()));
  EXPECT_EQ(batch.reward[0], -1e30F);
  EXPECT_TRUE(std::equal(batch.obs.begin() + width, batch.obs.end(), batch2.obs.begin() + width));
  env->reset(9, batch);
  play(*env, batch, 1, stream);
  EXPECT_NE(batch.reward[0], -1e30F);
}

TEST_P(EveryEnv, ParametersKeepToTheirRange) {
  const auto env = make();
  for (const auto& param : env->params()) {
    EXPECT_LE(param.low, param.value) << param.name;
    EXPECT_GE(param.high, param.value) << param.name;
    env->set_param(param.name, param.low);
    env->set_param(param.name, param.high);
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    for (const double wrong :
         {std::nextafter(param.high, kInfinity), std::nextafter(param.low, -kInfinity), std::nan("")})
      EXPECT_THROW(env->set_param(param.name, wrong), core::UsageError) << wrong;
    if (param.whole) {
      EXPECT_THROW(env->set_param(param.name, param.low + 0.5), core::UsageError);
    }
  }
}

TEST_P(EveryEnv, AnUnknownParameterIsNamedWithTheNearest) {
  for (const auto& param : make()->params())
    EXPECT_THAT([&] { make()->set_param(param.name + "y", 1); },
                ThrowsMessage<core::UsageError>(HasSubstr("did you mean '" + param.name + "'?")));
  EXPECT_THROW(make()->set_param("", 1), core::UsageError);
}

INSTANTIATE_TEST_SUITE_P(All, EveryEnv, testing::ValuesIn(tested_envs()),
                         [](const auto& tested) { return tested.param.name(); });

TEST(ParametersOfAWorldWithoutAny, AreNone) {
  Batch<GridWorld> env(1, nullptr);
  EXPECT_TRUE(env.params().empty());
  EXPECT_THAT([&] { env.set_param("gravity", 1); },
              ThrowsMessage<core::UsageError>(HasSubstr("it has none of its own; any environment has")));
}

TEST(Registry, AWrongIdIsAnsweredWithTheNearest) {
  EXPECT_THAT(
      [] { make_vector_env("CartPol-v1", 1, nullptr); },
      ThrowsMessage<core::UsageError>(HasSubstr("no environment 'CartPol-v1'; did you mean 'CartPole-v1'?")));
}

TEST(Registry, NoRowsAreAnError) {
  EXPECT_THROW(make_vector_env("CartPole-v1", 0, nullptr), core::UsageError);
}

}  // namespace
}  // namespace rhoam::envs
