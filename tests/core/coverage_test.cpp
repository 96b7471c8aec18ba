// How often intervals from few seeds contain the true value: docs/decisions/0005-students-levels.md.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "rhoam/core/bootstrap.h"
#include "rhoam/core/random.h"

namespace rhoam::core {
namespace {

#ifdef RHOAM_MANY_TRIALS
constexpr int kTrials = 4000;
#else
constexpr int kTrials = 200;
#endif

struct Scores {
  const char* name;
  double (*draw)(Stream&);
};

double normal(Stream& stream) { return stream.normal(); }

/// Student's t with 2 degrees of freedom.
double heavy(Stream& stream) { return stream.normal() / std::sqrt(stream.exponential()); }

/// 500 Beta(4, 1).
double bounded(Stream& stream) { return 500 * std::pow(stream.uniform(), 0.25); }

double failing(Stream& stream) {
  return stream.uniform() < 0.125 ? stream.uniform(10, 200) : std::min(500.0, 450 + 20 * stream.normal());
}

constexpr Scores kScores[] = {
    {"normal", normal}, {"heavy", heavy}, {"bounded", bounded}, {"failing", failing}};

std::vector<double> sample(const Scores& scores, Stream& stream, std::size_t n) {
  std::vector<double> values(n);
  for (double& value : values) value = scores.draw(stream);
  return values;
}

/// The population's.
double truth(const Scores& scores) {
  Stream stream(1);
  return interquartile_mean(sample(scores, stream, 200'000));
}

/// Share of the trials in which `interval_of(stream)` holds the truth.
template <class IntervalOf>
double coverage(double expected, IntervalOf&& interval_of) {
  Stream stream(2);
  int covered = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    const Interval interval = interval_of(stream);
    covered += interval.low <= expected && expected <= interval.high;
  }
  return covered / double{kTrials};
}

double coverage(const Scores& scores, std::size_t strata, std::size_t seeds) {
  return coverage(truth(scores), [&](Stream& stream) {
    std::vector<std::vector<double>> runs;
    for (std::size_t k = 0; k < strata; ++k) runs.push_back(sample(scores, stream, seeds));
    return estimate_interquartile_mean(runs, {.seed = stream()}).interval;
  });
}

/// Of the probability that N(0.7, 1) beats N(0, 1).
double improvement_coverage(std::size_t seeds) {
  const double shift = 0.7;
  return coverage(0.5 * std::erfc(-shift / 2), [&](Stream& stream) {
    std::vector<std::vector<double>> x = {sample(kScores[0], stream, seeds)};
    for (double& score : x[0]) score += shift;
    const std::vector<std::vector<double>> y = {sample(kScores[0], stream, seeds)};
    return estimate_improvement(x, y, {.seed = stream()}).interval;
  });
}

/// Four standard errors of a coverage near 95%.
constexpr double kError = kTrials == 4000 ? 0.014 : 0.062;

class Coverage : public testing::TestWithParam<Scores> {};

TEST_P(Coverage, OfFiveSeedsIsNearlyWhatItSays) { EXPECT_NEAR(coverage(GetParam(), 1, 5), 0.937, kError); }

TEST_P(Coverage, OfTenSeedsIsWhatItSays) { EXPECT_NEAR(coverage(GetParam(), 1, 10), 0.96, kError); }

TEST_P(Coverage, OfTwentySeedsIsWhatItSays) { EXPECT_NEAR(coverage(GetParam(), 1, 20), 0.955, kError); }

TEST_P(Coverage, OfThreeStrataIsMoreThanItSays) {
  EXPECT_NEAR(coverage(GetParam(), 3, 5), 0.973, kError);
  EXPECT_NEAR(coverage(GetParam(), 3, 10), 0.968, kError);
}

TEST_P(Coverage, OfThreeSeedsIsThatOfTheirRange) {
  EXPECT_NEAR(coverage(GetParam(), 1, 3), 0.75, 2 * kError);
}

TEST(ImprovementCoverage, IsWhatItSays) {
  for (const std::size_t seeds : {5, 10, 20})
    EXPECT_NEAR(improvement_coverage(seeds), 0.957, kError) << seeds;
}

INSTANTIATE_TEST_SUITE_P(Scores, Coverage, testing::ValuesIn(kScores),
                         [](const auto& scores) { return std::string(scores.param.name); });

}  // namespace
}  // namespace rhoam::core
