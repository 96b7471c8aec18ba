// What decides what comes next in a world is set by `reset` and kept by `save`, whichever parameters were
// switched when.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <functional>
#include <string>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/envs/drifting.h"
#include "rhoam/envs/normalize.h"
#include "rhoam/envs/perturbed.h"
#include "rhoam/tests/envs/play.h"
#include "rhoam/tests/envs/tested_envs.h"

namespace rhoam::envs {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

using World = std::unique_ptr<VectorEnv>;

constexpr int kUsedRows = 2, kFlight = 120;

/// What stands around an environment.
struct Surrounding {
  const char* name;
  World (*around)(World);
  bool resets_all = true;  ///< nothing in it goes on through a reset
};

World drifting(World env) {
  const auto params = env->params();
  std::vector<std::string> drifts;
  for (const auto& param : params)
    if (param.low < param.high) drifts.push_back(jumping(param, 13));
  return std::make_unique<Drifting>(std::move(env), parse_drifts(drifts, kFlight, 3));
}

const Surrounding kSurroundings[] = {
    {"Plain", [](World env) { return env; }},
    {"Perturbed", [](World env) -> World { return std::make_unique<Perturbed>(std::move(env)); }},
    {"FilteredAndDrifting",
     [](World env) {
       World all = std::make_unique<Perturbed>(std::move(env));
       all = std::make_unique<NormalizeObservation>(std::move(all));
       return drifting(std::make_unique<NormalizeReward>(std::move(all)));
     },
     false},
};

void PrintTo(const Surrounding& surrounding, std::ostream* out) { *out << surrounding.name; }

/// All that a world shows and is, bit for bit.
using Log = std::vector<std::uint64_t>;

void append(const std::vector<double>& values, Log& log) {
  for (const double value : values) log.push_back(std::bit_cast<std::uint64_t>(value));
}

/// One step at random after, now and then, a parameter has been switched at random.
void live(VectorEnv& env, core::Stream& stream, std::int64_t step, Log& log) {
  const auto params = env.params();
  if (!params.empty() && stream.below(4) == 0) {
    const auto& param = params[stream.below(params.size())];
    env.set_param(param.name, values_of(param)[stream.below(4)]);
  }
  env.set_clocks({.steps = step, .updates = step});
  StepBatch batch;
  append(play(env, batch, 1, stream), log);
}

Log live(VectorEnv& env, core::Stream stream, std::int64_t from, std::int64_t steps) {
  Log log;
  for (std::int64_t step = from; step < from + steps; ++step) live(env, stream, step, log);
  log.push_back(env.state_hash());
  return log;
}

core::Tensors saved(const VectorEnv& env) {
  core::Tensors out;
  env.save(out, "world");
  return out;
}

bool same(const core::Tensors& one, const core::Tensors& other) {
  return one.metadata == other.metadata &&
         std::ranges::equal(one.all(), other.all(), [](const auto& a, const auto& b) {
           return a.first == b.first && a.second.bytes == b.second.bytes;
         });
}

class State : public testing::TestWithParam<std::tuple<TestedEnv, Surrounding>> {
 protected:
  World make() const {
    return std::get<1>(GetParam()).around(std::get<0>(GetParam()).entry.make(kUsedRows, nullptr));
  }
  /// A world that has lived through episodes under all sorts of parameters, and then has its own ones again.
  World used(std::uint64_t seed) const {
    auto env = make();
    const auto params = env->params();
    StepBatch batch;
    env->reset(seed, batch);
    live(*env, core::Stream(seed), 0, kFlight);
    for (const auto& param : params) env->set_param(param.name, param.value);
    return env;
  }
};

TEST_P(State, AResetLeavesNothingOfTheEpisodesBefore) {
  if (!std::get<1>(GetParam()).resets_all) return;  // statistics and drifts go on, as their contracts say
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const auto fresh = make(), used = this->used(seed + 10);
    StepBatch batch, batch2;
    fresh->reset(seed, batch);
    used->reset(seed, batch2);
    EXPECT_EQ(batch.obs, batch2.obs);
    EXPECT_TRUE(same(saved(*fresh), saved(*used)));
    EXPECT_EQ(live(*fresh, core::Stream(seed), 0, kFlight), live(*used, core::Stream(seed), 0, kFlight));
    EXPECT_TRUE(same(saved(*fresh), saved(*used)));
  }
}

/// Each parameter alone: on before, off at the reset, and on again within the episode.
TEST_P(State, AParameterThatIsSwitchedLaterBringsNothingOldToLight) {
  if (!std::get<1>(GetParam()).resets_all) return;
  for (const auto& param : make()->params())
    for (const double value : values_of(param)) {
      std::vector<Log> logs(2);
      for (const bool before : {false, true}) {
        const auto env = make();
        StepBatch batch;
        core::Stream stream(3);
        if (before) {
          env->set_param(param.name, value);
          env->reset(8, batch);
          play(*env, batch, 30, stream);
          env->set_param(param.name, param.value);
        }
        env->reset(5, batch);
        stream = core::Stream(4);
        append(play(*env, batch, 10, stream), logs[before]);
        env->set_param(param.name, value);
        append(play(*env, batch, 40, stream), logs[before]);
        logs[before].push_back(env->state_hash());
      }
      EXPECT_EQ(logs[0], logs[1]) << param.name << '=' << value;
    }
}

TEST_P(State, GoesOnTheSameFromEverySavedMoment) {
  constexpr int kMoments = 12, kBetween = 9, kOn = 40;
  for (std::uint64_t seed = 0; seed < 2; ++seed) {
    const auto env = used(seed + 10);
    StepBatch batch;
    env->reset(seed, batch);
    core::Stream stream(seed);
    Log log;
    for (int moment = 0; moment < kMoments; ++moment) {
      const auto before = saved(*env);
      const auto copy = make(), original = make();
      copy->load(before, "world");
      EXPECT_EQ(copy->state_hash(), env->state_hash()) << moment;
      EXPECT_TRUE(same(saved(*copy), before)) << moment;
      const auto other = used(seed + 20);
      other->load(before, "world");
      EXPECT_TRUE(same(saved(*other), before)) << moment;
      const auto from = std::int64_t{moment} * kBetween + kFlight;
      EXPECT_EQ(live(*copy, stream, from, kOn), live(*other, stream, from, kOn)) << moment;
      for (int step = 0; step < kBetween; ++step) live(*env, stream, from + step, log);
    }
  }
}

TEST_P(State, GoesOnInACopyAsItDoesItself) {
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const auto env = used(seed + 10), copy = make();
    StepBatch batch;
    env->reset(seed, batch);
    live(*env, core::Stream(seed), kFlight, kFlight / 2 + static_cast<int>(seed) * 7);
    copy->load(saved(*env), "world");
    EXPECT_EQ(live(*env, core::Stream(9), 2 * kFlight, kFlight),
              live(*copy, core::Stream(9), 2 * kFlight, kFlight));
  }
}

INSTANTIATE_TEST_SUITE_P(All, State,
                         testing::Combine(testing::ValuesIn(tested_envs()), testing::ValuesIn(kSurroundings)),
                         [](const auto& tested) {
                           return std::get<0>(tested.param).name() + std::get<1>(tested.param).name;
                         });

/// A lander in flight, of whose saved words `change` makes others.
core::Tensors altered_flight(const std::function<void(std::vector<std::uint64_t>&)>& change) {
  const auto env = make_vector_env("LunarLander-v3", 1, nullptr);
  StepBatch batch;
  env->reset(1, batch);
  for (int step = 0; step < 20; ++step) env->step(std::vector<float>{2}, batch);
  auto state = saved(*env);
  auto words = state.words("world/rows");
  change(words);
  state.all().erase("world/rows");
  state.put("world/rows", std::span<const std::uint64_t>(words));
  return state;
}

void expect_refusal(const core::Tensors& state, const char* part) {
  EXPECT_THAT([&] { make_vector_env("LunarLander-v3", 1, nullptr)->load(state, "world"); },
              ThrowsMessage<core::CorruptError>(HasSubstr(part)));
}

TEST(ReplayedEpisode, ThatComesOutDifferentlyIsRefused) {
  const auto main = std::uint64_t{std::bit_cast<std::uint32_t>(2.0F)};
  expect_refusal(altered_flight([&](auto& words) { *std::ranges::find(words, main) = 0; }),
                 "comes out differently");
}

TEST(ReplayedEpisode, WithAnotherFingerprintIsRefused) {
  expect_refusal(altered_flight([](auto& words) { words.back() ^= 1; }), "comes out differently");
}

TEST(ReplayedEpisode, WithoutAFingerprintIsRefused) {
  expect_refusal(altered_flight([](auto& words) { words.pop_back(); }), "ends too early");
}

}  // namespace
}  // namespace rhoam::envs
