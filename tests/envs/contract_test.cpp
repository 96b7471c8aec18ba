// What every registered environment promises as a VectorEnv.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ostream>

#include "core/errors.h"
#include "envs/registry.h"
#include "tests/envs/play.h"

namespace rhoam::envs {

static void PrintTo(const EnvEntry& entry, std::ostream* out) { *out << entry.id; }

namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

constexpr int kRows = 4, kSteps = 260;

class EveryEnv : public testing::TestWithParam<EnvEntry> {
 protected:
  std::unique_ptr<VectorEnv> make(int rows = kRows, core::ThreadPool* pool = nullptr) const {
    return make_vector_env(GetParam().id, rows, pool);
  }
};

TEST_P(EveryEnv, SpecBelongsToTheId) {
  const auto env = make();
  EXPECT_EQ(env->spec().id, GetParam().id);
  EXPECT_EQ(GetParam().spec().id, GetParam().id);
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
  EXPECT_NE(first_step(*three, 7, 0), first_step(*three, 7, 1));
  EXPECT_NE(first_step(*one, 7, 0), first_step(*one, 8, 0));
}

TEST_P(EveryEnv, AFrozenWorldIsTheSavedOneAndStaysSo) {
  const auto env = make(), frozen = make(2);
  StepBatch batch;
  env->reset(3, batch);
  env->set_clocks({.updates = 500});
  const auto param = env->params().front();
  env->set_param(param.name, (param.value + param.low) / 2);
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

TEST_P(EveryEnv, ContinuesBitForBitAfterSaveAndLoad) {
  const auto env = make(), restored = make();
  StepBatch batch, batch2;
  env->reset(3, batch);
  core::Stream stream(2);
  play(*env, batch, 20, stream);
  const auto param = env->params().front();
  env->set_param(param.name, (param.value + param.low) / 2);  // in the middle of running episodes
  play(*env, batch, 27, stream);
  core::Tensors saved;
  env->save(saved, "world");
  restored->load(saved, "world");
  EXPECT_EQ(restored->params().front().value, (param.value + param.low) / 2);
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
  std::vector<double> params(make(1)->params().size());
  saved.get("world/params", std::span<double>(params));
  params[0] = std::nan("");
  core::Tensors hostile = saved;
  hostile.all().erase("world/params");
  hostile.put("world/params", std::span<const double>(params));
  EXPECT_THROW(make(1)->load(hostile, "world"), core::CorruptError);
  EXPECT_THROW(make(1)->load_world(hostile, "world"), core::CorruptError);
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

/// A bandit's observation is always the same.
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
  for (int t = 0; t < 4 * kSteps; ++t) {
    env->step(random_actions(env->spec().action, kRows, stream), batch);
    for (int row = 0; row < kRows; ++row) {
      returns[row] += static_cast<double>(batch.reward[row]);
      ++lengths[row];
      EXPECT_FALSE(batch.terminated[row] && batch.truncated[row]);
      if (!batch.ended(row)) continue;
      const auto at = static_cast<long>(static_cast<std::size_t>(row) * width);
      const bool same = std::equal(batch.obs.begin() + at, batch.obs.begin() + at + static_cast<long>(width),
                                   batch.final_obs.begin() + at);
      EXPECT_EQ(same, shows_nothing(env->spec()));
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
    EXPECT_THROW(env->set_param(param.name, param.high + 1), core::UsageError);
    EXPECT_THROW(env->set_param(param.name, param.low - 1), core::UsageError);
    EXPECT_THROW(env->set_param(param.name, std::nan("")), core::UsageError);
    if (param.whole) {
      EXPECT_THROW(env->set_param(param.name, (param.low + param.high) / 2), core::UsageError);
    }
  }
}

TEST_P(EveryEnv, AnUnknownParameterIsNamedWithTheNearest) {
  const auto name = make()->params().front().name;
  EXPECT_THAT([&] { make()->set_param(name + "y", 1); },
              ThrowsMessage<core::UsageError>(HasSubstr("did you mean '" + name + "'?")));
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryEnv, testing::ValuesIn(env_table().begin(), env_table().end()),
                         [](const auto& tested) {
                           std::string name = tested.param.id;
                           std::erase_if(name, [](char c) { return c == '-'; });
                           return name;
                         });

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
