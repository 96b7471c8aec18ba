#include "rhoam/core/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "rhoam/core/random.h"

namespace rhoam::core {
namespace {

using Sample = std::vector<double>;

TEST(Statistics, MeanAndDeviationOfAHandComputedSample) {
  EXPECT_EQ(mean(Sample{2, 4, 4, 4, 5, 5, 7, 9}), 5);
  EXPECT_NEAR(standard_deviation(Sample{2, 4, 4, 4, 5, 5, 7, 9}), std::sqrt(32.0 / 7), 1e-12);
}

TEST(Statistics, EmptySampleHasNone) {
  EXPECT_TRUE(std::isnan(mean({})));
  EXPECT_TRUE(std::isnan(interquartile_mean({})));
  EXPECT_TRUE(std::isnan(median({})));
  EXPECT_TRUE(std::isnan(standard_deviation(Sample{1})));
}

TEST(Statistics, QuantilesInterpolate) {
  const Sample sample = {4, 1, 3, 2};
  EXPECT_EQ(quantile(sample, 0), 1);
  EXPECT_EQ(quantile(sample, 1), 4);
  EXPECT_EQ(median(sample), 2.5);
  EXPECT_EQ(quantile(sample, 0.25), 1.75);
}

TEST(Statistics, QuantilesInPlaceAreTheSame) {
  Stream stream(5);
  std::vector<float> floats(101);
  for (float& x : floats) x = static_cast<float>(stream.normal());
  const Sample sample(floats.begin(), floats.end());
  for (const double q : {0.0, 0.05, 0.333, 0.5, 0.95, 1.0})
    EXPECT_EQ(quantile_in_place(floats, q), quantile(sample, q)) << q;
  EXPECT_TRUE(std::isnan(quantile_in_place({}, 0.5)));
}

TEST(Statistics, InterquartileMeanIgnoresTheOuterQuarters) {
  EXPECT_EQ(interquartile_mean(Sample{-1000, 1, 3, 1000}), 2);
  EXPECT_EQ(interquartile_mean(Sample{5}), 5);
  // n = 6: the middle three values' worth is 0.5·2 + 3 + 4 + 0.5·10.
  EXPECT_NEAR(interquartile_mean(Sample{0, 2, 3, 4, 10, 99}), 13.0 / 3, 1e-12);
}

TEST(Statistics, KendallTauCountsPairsInOrder) {
  EXPECT_EQ(kendall_tau(Sample{1, 2, 3}, Sample{10, 20, 30}), 1);
  EXPECT_EQ(kendall_tau(Sample{1, 2, 3}, Sample{3, 2, 1}), -1);
  EXPECT_NEAR(kendall_tau(Sample{1, 2, 3, 4}, Sample{1, 3, 2, 4}), 4.0 / 6, 1e-12);  // one pair swapped
  EXPECT_NEAR(kendall_tau(Sample{1, 2, 3}, Sample{1, 1, 2}), 2.0 / 3, 1e-12);        // one pair tied
  EXPECT_TRUE(std::isnan(kendall_tau(Sample{1}, Sample{1})));
}

TEST(RunningMoments, AgreesWithTheWholeSample) {
  RunningMoments moments;
  for (const double value : {1e9 + 2, 1e9 + 4, 1e9 + 6}) moments.add(value);
  EXPECT_EQ(moments.mean(), 1e9 + 4);
  EXPECT_NEAR(moments.variance(), 8.0 / 3, 1e-9);
}

TEST(RunningMoments, MergingEqualsAdding) {
  Stream stream(1);
  RunningMoments all, first, second;
  for (int i = 0; i < 100; ++i) {
    const double value = stream.normal();
    all.add(value);
    (i < 30 ? first : second).add(value);
  }
  first.merge(second);
  EXPECT_EQ(first.count(), 100);
  EXPECT_NEAR(first.mean(), all.mean(), 1e-14);
  EXPECT_NEAR(first.variance(), all.variance(), 1e-14);
  RunningMoments restored;
  restored.set_state(first.state());
  restored.merge({});
  EXPECT_EQ(restored.variance(), first.variance());
}

}  // namespace
}  // namespace rhoam::core
