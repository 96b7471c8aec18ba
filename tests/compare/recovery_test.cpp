#include "rhoam/compare/recovery.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace rhoam::compare {
namespace {

using Values = std::vector<double>;
using Indices = std::vector<std::size_t>;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// A course of ten steps an iteration.
struct Logged {
  Values score;
  Indices changes;
  Values steps = Values(score.size(), 10.0);

  Course course() const { return {.score = score, .steps = steps, .changes = changes}; }
};

Recovery recovery(const Values& score, const Indices& changes) {
  const Logged run{score, changes};
  return measure_recovery(run.course());
}

TEST(Recovery, CountsStepsUntilNineTenthsOfTheLossAreMadeGood) {
  const auto found = recovery({100, 100, 50, 0, 80, 90, 100, 100}, {2});
  EXPECT_EQ(found.steps, 40);  // iterations 2 … 5: 90 = 0 + 0.9 (100 − 0)
  EXPECT_EQ(found.unrecovered, 0);
  EXPECT_EQ(found.changes, 1);
}

TEST(Recovery, MeasuresNegativeScoresLikePositiveOnes) {
  EXPECT_EQ(recovery({-100, -100, -150, -200, -120, -110, -100, -100}, {2}).steps, 40);
}

TEST(Recovery, LosesTheAreaBelowTheLevel) {
  EXPECT_NEAR(recovery({100, 100, 50, 0, 80, 90, 120, 100}, {2}).lost, (50 + 100 + 20 + 10) * 10 / 1000.0,
              1e-12);
}

TEST(Recovery, IsImmediateWhereNothingIsLost) {
  const auto found = recovery({0.1, 0.1, 0.1, 0.3, 0.1, 0.2}, {2});
  EXPECT_EQ(found.steps, 0);
  EXPECT_EQ(found.unrecovered, 0);
  EXPECT_NEAR(found.lost, 0, 1e-12);
}

TEST(Recovery, WaitsForAFallThatComesLate) {
  // The score of finished episodes still stands right after the change.
  EXPECT_EQ(recovery({100, 100, 99, 100, 100, 0, 100, 100}, {2}).steps, 50);
}

TEST(Recovery, EndsAtTheNextChangeWhereItDoesNotCome) {
  const auto found = recovery({100, 100, 20, 30, 40, 50, 60, 100, 0, 0, 100, 100}, {2, 7});
  EXPECT_EQ(found.unrecovered, 0.5);
  EXPECT_EQ(found.changes, 2);
  EXPECT_EQ(found.steps, (50 + 40) / 2.0);
}

TEST(Recovery, LeavesOutALastWorldThatIsCutShort) {
  EXPECT_EQ(recovery({9, 9, 0, 9, 9, 9, 0, 9, 9, 9, 0, 0}, {2, 6, 10}).changes, 2);
}

TEST(Recovery, NeedsScoresBeforeAndAfterAChange) {
  EXPECT_EQ(recovery({kNone, kNone, 0, 9, 9, 9, 0, 9, 9, 9}, {2, 6}).changes, 1);
  EXPECT_TRUE(std::isnan(recovery({9, 9, 0, kNone, 9, 9}, {2}).steps));
}

TEST(Recovery, IsMissingWithoutChanges) {
  for (const auto& found :
       {recovery({1, 2, 3}, {}), recovery({}, {}), recovery({1, 2}, {0}), recovery({1, 2}, {7})}) {
    EXPECT_EQ(found.changes, 0);
    EXPECT_TRUE(std::isnan(found.steps));
    EXPECT_TRUE(std::isnan(found.lost));
  }
}

TEST(Recovery, IsMissingWhereWorldsAreTooShort) {
  EXPECT_TRUE(std::isnan(recovery({9, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9}, {3, 6, 9}).lost));
}

TEST(Recovery, TakesChangesInAnyOrderAndOnce) {
  EXPECT_EQ(recovery({9, 9, 0, 9, 9, 9, 0, 9, 9, 9}, {6, 2, 6}).changes, 2);
}

TEST(Recovery, SmoothsOverASixteenthOfTheDwell) {
  Logged run{Values(160, 1.0), {0, 32, 64, 128}};
  EXPECT_EQ(smoothing_window(run.course()), 2U);
  run.changes = {0, 2, 4, 6};
  EXPECT_EQ(smoothing_window(run.course()), 1U);
}

TEST(Recovery, SmoothingDoesNotReachAcrossAChange) {
  // Two worlds of 64 iterations, each a step down that never comes back: the mean over 4 is flat within each.
  Values score(64, 100.0);
  score.resize(128, 40);
  score.resize(192, 10);
  const auto found = recovery(score, {64, 128});
  EXPECT_EQ(found.unrecovered, 1);
  EXPECT_NEAR(found.lost, (60 + 30) * 640 / 2.0 / 1000, 1e-9);
}

TEST(Recovery, ManyIterationsAreQuick) { EXPECT_EQ(recovery(Values(1'000'000, 1.0), {500'000}).steps, 0); }

TEST(MedianDwell, IsInSteps) {
  Logged run{Values(20, 1.0), {2, 4, 7, 12}};
  EXPECT_EQ(median_dwell(run.course()), 30);  // of 20, 30, 50; the last world is open
  run.changes = {15};
  EXPECT_EQ(median_dwell(run.course()), 50);
  run.changes = {};
  EXPECT_TRUE(std::isnan(median_dwell(run.course())));
}

TEST(ShareBelow, WeighsByStepsAndSkipsWhatIsMissing) {
  EXPECT_EQ(share_below(Values{kNone, 1, 5, 1}, Values{10, 10, 30, 10}, 2), 20.0 / 50);
  EXPECT_TRUE(std::isnan(share_below({}, {}, 2)));
}

TEST(AroundChanges, AveragesOverChanges) {
  Logged run{{8, 8, 8, 8, 0, 2, 4, 6, 4, 6, 8, 10}, {4, 8}};
  const auto bins = around_changes(run.score, run.course(), 40, 5);  // bins of one iteration
  EXPECT_EQ(bins, (Values{(8 + 6) / 2.0, (0 + 4) / 2.0, (2 + 6) / 2.0, (4 + 8) / 2.0, (6 + 10) / 2.0}));
  EXPECT_EQ(offsets_around(40, 5), (Values{-5, 5, 15, 25, 35}));
}

TEST(AroundChanges, DoesNotSeeOtherWorlds) {
  Logged run{{1, 1, 1, 1, 5, 5, 9, 9}, {4, 6}};
  const auto bins = around_changes(run.score, run.course(), 40, 5);
  EXPECT_EQ(bins[0], (1 + 5) / 2.0);
  EXPECT_EQ(bins[2], (5 + 9) / 2.0);
  EXPECT_TRUE(std::isnan(bins[3]));  // both worlds last two iterations
}

TEST(AroundChanges, FillsEveryBinOfAShortDwell) {
  Logged run{{1, 1, 5, 1, 1, 5}, {2, 5}};
  for (const double bin : around_changes(run.score, run.course(), 20)) EXPECT_FALSE(std::isnan(bin));
}

TEST(AroundChanges, SkipsWhatIsMissing) {
  Logged run{{kNone, 3, 7, kNone, 7, 7}, {2}};
  const auto bins = around_changes(run.score, run.course(), 40, 5);
  EXPECT_EQ(bins[0], 3);
  EXPECT_EQ(bins[1], 7);
  EXPECT_TRUE(std::isnan(bins[2]));
}

}  // namespace
}  // namespace rhoam::compare
