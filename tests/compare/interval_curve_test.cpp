#include "rhoam/compare/interval_curve.h"

#include <gtest/gtest.h>

#include <cmath>

namespace rhoam::compare {
namespace {

TEST(IntervalCurve, IsTheInterquartileMeanWithAnIntervalAroundIt) {
  const IntervalCurve band = iqm_curve({.x = {1}, .seeds = {{0}, {1}, {2}, {90}}});
  EXPECT_EQ(band.y[0], 1.5);
  EXPECT_LT(band.low[0], band.y[0]);
  EXPECT_GT(band.high[0], band.y[0]);
}

TEST(IntervalCurve, EqualSeedsHaveNoWidth) {
  const IntervalCurve band = iqm_curve({.x = {1, 2}, .seeds = {{3, 4}, {3, 4}, {3, 4}}});
  EXPECT_EQ(band.low, band.high);
  EXPECT_EQ(band.y, (std::vector<double>{3, 4}));
}

TEST(IntervalCurve, ValuesThatAreMissingLeaveAGap) {
  const IntervalCurve band = iqm_curve({.x = {1, 2}, .seeds = {{NAN, 4}, {NAN, 4}}});
  EXPECT_TRUE(std::isnan(band.y[0]));
  EXPECT_EQ(band.y[1], 4);
}

TEST(IntervalCurve, ManyPointsBecomeMeansOfNeighbours) {
  Series series{.x = {}, .seeds = {{}}};
  for (int i = 0; i < 1000; ++i) {
    series.x.push_back(i);
    series.seeds[0].push_back(2 * i);
  }
  const IntervalCurve band = iqm_curve(series, 100);
  ASSERT_EQ(band.x.size(), 100u);
  EXPECT_EQ(band.x[1], 14.5);
  EXPECT_EQ(band.y[1], 29);
}

TEST(IntervalCurve, AProfileIsTheShareOfBetterScores) {
  EXPECT_EQ(profile_curve({1, 2, 3, NAN}, {0, 2, 3}, true).y, (std::vector<double>{0.75, 0.25, 0}));
  EXPECT_EQ(profile_curve({1, 2, 3, NAN}, {0, 2, 3}, false).y, (std::vector<double>{0, 0.25, 0.5}));
}

}  // namespace
}  // namespace rhoam::compare
