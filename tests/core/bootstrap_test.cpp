#include "rhoam/core/bootstrap.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "rhoam/core/random.h"

namespace rhoam::core {
namespace {

using Runs = std::vector<std::vector<double>>;

Runs normal_runs(std::size_t strata, std::size_t seeds, double shift = 0) {
  Stream stream(7);
  Runs runs(strata, std::vector<double>(seeds));
  for (auto& stratum : runs)
    for (double& score : stratum) score = shift + stream.normal();
  return runs;
}

TEST(Bootstrap, TheValueIsTheInterquartileMeanOfAllRuns) {
  EXPECT_EQ(estimate_interquartile_mean(Runs{{-1000, 3}, {1, 1000}}).value, 2);
  EXPECT_NEAR(estimate_interquartile_mean(std::vector<double>{0, 2, 3, 4, 10, 99}).value, 13.0 / 3, 1e-12);
}

TEST(Bootstrap, EqualRunsHaveNoWidth) {
  const auto estimate = estimate_interquartile_mean(Runs{{3, 3, 3}, {3, 3}});
  EXPECT_EQ(estimate.interval.low, 3);
  EXPECT_EQ(estimate.interval.high, 3);
}

TEST(Bootstrap, StrataAreResampledWithin) {
  // Whatever is drawn, half of the runs score 0 and half 1.
  const auto estimate = estimate_interquartile_mean(Runs{{0, 0, 0, 0}, {1, 1, 1, 1}});
  EXPECT_EQ(estimate.interval.low, 0.5);
  EXPECT_EQ(estimate.interval.high, 0.5);
}

TEST(Bootstrap, ThreeRunsSpanTheirRange) {
  const auto estimate = estimate_interquartile_mean(std::vector<double>{1, 2, 5});
  EXPECT_EQ(estimate.interval.low, 1);
  EXPECT_EQ(estimate.interval.high, 5);
}

/// The percentile interval of the interquartile mean, as rliable reads it.
Interval percentile_interval(const std::vector<double>& runs) {
  Stream stream(0, Purpose::statistics);
  std::vector<double> resample(runs.size()), replicates(2000);
  for (double& replicate : replicates) {
    for (double& draw : resample) draw = runs[stream.below(runs.size())];
    replicate = interquartile_mean(resample);
  }
  return {quantile(replicates, 0.025), quantile(replicates, 0.975)};
}

TEST(Bootstrap, FewRunsWidenTheInterval) {
  const auto runs = normal_runs(1, 10);
  const auto plain = percentile_interval(runs[0]), wide = estimate_interquartile_mean(runs).interval;
  EXPECT_LT(wide.low, plain.low);
  EXPECT_GT(wide.high, plain.high);
}

TEST(Bootstrap, OfAnyStatisticIsThatOfTheInterquartileMean) {
  const auto runs = normal_runs(1, 7);
  const auto any = estimate(runs[0], interquartile_mean), own = estimate_interquartile_mean(runs);
  EXPECT_NEAR(any.value, own.value, 1e-12);
  EXPECT_NEAR(any.interval.low, own.interval.low, 1e-12);
  EXPECT_NEAR(any.interval.high, own.interval.high, 1e-12);
}

TEST(Bootstrap, IntervalOfTheMeanIsNearlyNormal) {
  const auto sample = normal_runs(1, 400)[0];
  const auto interval = estimate(sample, mean, {.resamples = 4000}).interval;
  const double half = 1.96 * standard_deviation(sample) / 20;
  EXPECT_NEAR(interval.low, mean(sample) - half, 0.1 * half);
  EXPECT_NEAR(interval.high, mean(sample) + half, 0.1 * half);
}

TEST(Bootstrap, IntervalCoversAsOftenAsItSays) {
  Stream stream(6);
  int covered = 0;
  const int trials = 400;
  for (int trial = 0; trial < trials; ++trial) {
    std::vector<double> sample(40);
    for (double& value : sample) value = stream.normal();
    const auto [low, high] =
        estimate(sample, mean, {.confidence = 0.8, .resamples = 300, .seed = stream()}).interval;
    covered += low <= 0 && 0 <= high;
  }
  EXPECT_NEAR(covered / double{trials}, 0.8, 0.07);
}

TEST(Bootstrap, IsAFunctionOfItsSeed) {
  const auto runs = normal_runs(2, 6);
  const auto low = [&](std::uint64_t seed) {
    return estimate_interquartile_mean(runs, {.seed = seed}).interval.low;
  };
  EXPECT_EQ(low(3), low(3));
  EXPECT_NE(low(3), low(4));
}

TEST(Bootstrap, NothingComesOfNothing) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(estimate({}, mean).interval.low));
  EXPECT_TRUE(std::isnan(estimate(std::vector<double>{1, nan, 2}, mean).value));
  for (const auto& runs : {Runs{}, Runs{{}}, Runs{{1, 2}, {}}, Runs{{1, nan, 2}}}) {
    EXPECT_TRUE(std::isnan(estimate_interquartile_mean(runs).value));
    EXPECT_TRUE(std::isnan(estimate_improvement(runs, runs).interval.low));
    EXPECT_TRUE(std::isnan(performance_profile(runs, std::vector<double>{0})[0].value));
  }
}

TEST(Bootstrap, SumsThatOverflowDoNotEnterAnInterval) {
  const double huge = std::numeric_limits<double>::max();
  const auto interval =
      estimate_interquartile_mean(std::vector<double>{-huge, huge, huge, -huge, 1}).interval;
  EXPECT_FALSE(std::isnan(interval.low));
}

TEST(Improvement, CountsPairsThatWinAndHalvesTies) {
  EXPECT_EQ(estimate_improvement(Runs{{2, 2}}, Runs{{1, 2, 3, 2}}).value, 0.5);
  EXPECT_EQ(estimate_improvement(Runs{{3, 1}}, Runs{{0, 2}}).value, 0.75);
}

TEST(Improvement, IsTheMeanOverStrata) {
  EXPECT_EQ(estimate_improvement(Runs{{1}, {1, 1, 1}}, Runs{{0}, {2, 2, 2}}).value, 0.5);
}

TEST(Improvement, IsCertainWhereEveryRunWins) {
  const auto estimate = estimate_improvement(normal_runs(2, 5, 100), normal_runs(2, 5));
  EXPECT_EQ(estimate.value, 1);
  EXPECT_EQ(estimate.interval.low, 1);
}

TEST(Profile, IsTheShareAboveEachThreshold) {
  const auto profile = performance_profile(Runs{{1, 2, 3, 4}, {4, 5}}, std::vector<double>{0, 2, 4, 5});
  EXPECT_EQ(profile[0].value, 1);
  EXPECT_EQ(profile[1].value, 0.75);
  EXPECT_EQ(profile[2].value, 0.25);
  EXPECT_EQ(profile[3].value, 0);
}

TEST(Profile, BandsHoldTheShareAndFallWithTheThreshold) {
  const auto profile = performance_profile(normal_runs(1, 20), std::vector<double>{-1, 0, 1});
  for (std::size_t i = 0; i < profile.size(); ++i) {
    EXPECT_LT(profile[i].interval.low, profile[i].value);
    EXPECT_GT(profile[i].interval.high, profile[i].value);
  }
  EXPECT_LT(profile[2].interval.high, profile[0].interval.high);
}

TEST(StudentTail, NeedsTwoRunsAndEndsAtTheNormal) {
  EXPECT_EQ(student_tail(0.025, 0), 0.025);
  EXPECT_NEAR(student_tail(0.025, 1e6), 0.025, 1e-6);
}

}  // namespace
}  // namespace rhoam::core
