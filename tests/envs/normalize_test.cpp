#include "rhoam/envs/normalize.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/tests/envs/play.h"

namespace rhoam::envs {
namespace {

constexpr int kRows = 4, kWidth = 4;

std::unique_ptr<VectorEnv> cartpole() { return make_vector_env("CartPole-v1", kRows, nullptr); }

std::vector<float> left() { return std::vector<float>(kRows, 0.0F); }

/// Raw and filtered batches of two environments that go the same way.
template <class Decorated>
struct Pair {
  template <class... Arguments>
  explicit Pair(Arguments... arguments) : plain(cartpole()), decorated(cartpole(), arguments...) {
    plain->reset(1, raw);
    decorated.reset(1, seen);
  }
  void step() {
    plain->step(left(), raw);
    decorated.step(left(), seen);
  }
  std::unique_ptr<VectorEnv> plain;
  Decorated decorated;
  StepBatch raw, seen;
};

TEST(RunningMoments, AgreeWithOnePassOverEverything) {
  core::Stream stream(1);
  std::vector<float> all;
  RunningMoments moments(2);
  for (int batch = 0; batch < 50; ++batch) {
    std::vector<float> samples;
    for (int i = 0; i < 2 * (1 + batch % 7); ++i)
      samples.push_back(static_cast<float>(stream.normal() * (i % 2 ? 100 : 0.1) + 3));
    moments.update(std::span<const float>(samples));
    all.insert(all.end(), samples.begin(), samples.end());
  }
  const auto n = static_cast<double>(all.size() / 2);
  for (std::size_t d = 0; d < 2; ++d) {
    double mean = 0, variance = 0;
    for (std::size_t i = d; i < all.size(); i += 2) mean += static_cast<double>(all[i]) / n;
    for (std::size_t i = d; i < all.size(); i += 2)
      variance += std::pow(static_cast<double>(all[i]) - mean, 2) / n;
    EXPECT_NEAR(moments.mean()[d], mean, 1e-4 * std::sqrt(variance));  // 1e-4 samples of weight at the start
    EXPECT_NEAR(moments.variance()[d], variance, 1e-2 * variance);
  }
}

TEST(NormalizeObservation, SubtractsTheMeanAndDividesByTheSpread) {
  Pair<NormalizeObservation> pair;
  for (int t = 0; t < 5; ++t) pair.step();
  const auto& statistics = pair.decorated.filter().statistics();
  for (std::size_t i = 0; i < pair.raw.obs.size(); ++i) {
    const double spread = std::sqrt(statistics.variance()[i % kWidth] + 1e-8);
    const double expected = (static_cast<double>(pair.raw.obs[i]) - statistics.mean()[i % kWidth]) / spread;
    EXPECT_NEAR(pair.seen.obs[i], std::clamp(expected, -10.0, 10.0), 1e-5);
  }
  EXPECT_EQ(pair.raw.reward, pair.seen.reward);
}

TEST(NormalizeObservation, FinalObservationsAreNormalisedAlike) {
  Pair<NormalizeObservation> pair;
  int row = -1;
  while (row < 0) {
    pair.step();
    for (int i = 0; i < kRows; ++i)
      if (pair.raw.ended(i)) row = i;
  }
  const auto& statistics = pair.decorated.filter().statistics();
  for (std::size_t d = 0; d < kWidth; ++d) {
    const std::size_t i = static_cast<std::size_t>(row) * kWidth + d;
    const double raw = static_cast<double>(pair.raw.final_obs[i]) - statistics.mean()[d];
    EXPECT_NEAR(pair.seen.final_obs[i], std::clamp(raw / std::sqrt(statistics.variance()[d]), -10.0, 10.0),
                1e-4);
  }
}

TEST(NormalizeObservation, FrozenStatisticsStayAndCanBeCopied) {
  Pair<NormalizeObservation> pair;
  for (int t = 0; t < 20; ++t) pair.step();
  NormalizeObservation evaluation(cartpole());
  core::Tensors saved;
  pair.decorated.save(saved, "env");
  evaluation.load_world(saved, "env");
  evaluation.filter().set_training(false);
  StepBatch batch;
  evaluation.reset(5, batch);
  evaluation.step(left(), batch);
  EXPECT_TRUE(std::ranges::equal(evaluation.filter().statistics().mean(),
                                 pair.decorated.filter().statistics().mean()));
  EXPECT_EQ(evaluation.filter().statistics().count(), pair.decorated.filter().statistics().count());
}

TEST(NormalizeObservation, AParkedRowIsNotNormalisedTwice) {
  NormalizeObservation env(cartpole());
  env.filter().set_training(false);
  StepBatch batch;
  env.reset(1, batch);
  env.step(left(), batch);
  env.park(0);
  const auto before = batch.obs;
  for (int t = 0; t < 3; ++t) env.step(left(), batch);
  EXPECT_TRUE(std::equal(before.begin(), before.begin() + kWidth, batch.obs.begin()));
}

TEST(NormalizeReward, DividesByTheSpreadOfTheDiscountedReturn) {
  Pair<NormalizeReward> pair(NormalizeConfig{.gamma = 0.9});
  RunningMoments moments(1);
  std::vector<double> returns(kRows, 0.0);
  for (int t = 0; t < 30; ++t) {
    pair.step();
    for (int i = 0; i < kRows; ++i) returns[i] = 0.9 * returns[i] + 1;
    moments.update(std::span<const double>(returns));
    for (int i = 0; i < kRows; ++i) {
      EXPECT_NEAR(pair.seen.reward[i], std::min(10.0, 1 / std::sqrt(moments.variance()[0] + 1e-8)), 1e-5);
      if (!pair.raw.ended(i)) continue;
      returns[i] = 0;
      EXPECT_EQ(pair.seen.episode_return[i], pair.raw.episode_return[i]);
    }
  }
}

TEST(Normalizers, ContinueBitForBitAfterSaveAndLoad) {
  const auto make = [] { return NormalizeReward(std::make_unique<NormalizeObservation>(cartpole())); };
  auto env = make(), restored = make();
  StepBatch batch, batch2;
  env.reset(1, batch);
  core::Stream stream(3);
  play(env, batch, 40, stream);
  core::Tensors saved;
  env.save(saved, "world");
  restored.load(saved, "world");
  auto stream2 = stream;
  EXPECT_EQ(play(env, batch, 50, stream), play(restored, batch2, 50, stream2));
}

TEST(Normalizers, RefuseStatisticsThatAreNone) {
  NormalizeObservation env(cartpole());
  core::Tensors saved;
  env.save(saved, "world");
  const double negative[] = {1, -1, 1, 1};
  saved.all().erase("world/normalize_observation/variance");
  saved.put("world/normalize_observation/variance", std::span<const double>(negative));
  EXPECT_THROW(env.load(saved, "world"), core::CorruptError);
}

TEST(ScaleObservation, MultipliesEachComponent) {
  Pair<ScaleObservation> pair(std::vector<double>{0.5, 0.75, -8, 2});
  const float factors[] = {0.5F, 0.75F, -8, 2};
  pair.step();
  for (std::size_t i = 0; i < pair.raw.obs.size(); ++i)
    EXPECT_EQ(pair.seen.obs[i], pair.raw.obs[i] * factors[i % kWidth]);
  const auto& bound = pair.decorated.spec().observation[2];
  EXPECT_LT(bound.low, bound.high);
  EXPECT_NEAR(bound.high, 8 * 24 * 3.14159265 / 180, 1e-4);
}

TEST(ScaleObservation, NeedsOneFactorPerComponent) {
  EXPECT_THROW(ScaleObservation(cartpole(), std::vector<double>{1, 1, 1}), core::UsageError);
  EXPECT_THROW(ScaleObservation(cartpole(), std::vector<double>{1, 1, 1, 0}), core::UsageError);
  EXPECT_THROW(ScaleObservation(cartpole(), std::vector<double>{1, 1, 1, NAN}), core::UsageError);
}

TEST(ScaleReward, LeavesEpisodeReturnsAsTheyAre) {
  Pair<ScaleReward> pair(0.05);
  for (int t = 0; t < 30; ++t) {
    pair.step();
    for (int i = 0; i < kRows; ++i) {
      EXPECT_EQ(pair.seen.reward[i], 0.05F);
      if (pair.raw.ended(i)) {
        EXPECT_EQ(pair.seen.episode_return[i], pair.raw.episode_return[i]);
      }
    }
  }
}

}  // namespace
}  // namespace rhoam::envs
