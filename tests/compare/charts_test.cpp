#include "rhoam/compare/charts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "rhoam/tests/compare/sample_results.h"

namespace rhoam::compare {
namespace {

using testing::DoubleNear;
using testing::Pointwise;

class FiguresOfASample : public testing::Test {
 protected:
  Results results_ = sample_evidence(4);
  Analysis verdict_ = analyse(results_);

  render::Chart score() const { return score_over_memory(results_, verdict_, 0); }
};

TEST_F(FiguresOfASample, PlainSettingsAreALineOverMemory) {
  const auto chart = score();
  EXPECT_TRUE(chart.x.log);
  EXPECT_EQ(chart.series[0].name, "fixed ρ");
  EXPECT_THAT(chart.series[0].x, Pointwise(DoubleNear(1e-9), {1.5, 3.0, 8.0, 20.0, 99.0, 290.0}));
}

TEST_F(FiguresOfASample, LinesAreNamedAfterWhatTheSettingsShare) {
  for (auto& setting : results_.scenarios[0].settings) setting.options.push_back({"optimizer", "adam"});
  EXPECT_EQ(score().series[0].name, "optimizer=adam, fixed ρ");
}

TEST_F(FiguresOfASample, NumbersOfAnotherOptionAreNoFixedRho) {
  for (auto& setting : results_.scenarios[0].settings) setting.options = {{"gamma", setting.name}};
  verdict_ = analyse(results_);
  EXPECT_EQ(score().x.label, "gamma");
  EXPECT_EQ(score().x.categories.front(), "0.333");
  EXPECT_EQ(learning_curves(results_, 0).series[0].name, "gamma = 0.333");
  EXPECT_EQ(differences(results_, verdict_, 0).y.label, "return: difference to gamma = 0.99");
}

TEST_F(FiguresOfASample, TwoPlainSettingsArePointsWithoutALine) {
  for (const std::size_t i : {0, 1, 2, 3}) verdict_.scenarios[0].settings[i].memory = NAN;
  const auto chart = score();
  EXPECT_TRUE(chart.x.log);
  EXPECT_TRUE(
      std::ranges::all_of(chart.series, [](auto& each) { return each.style == render::Style::points; }));
  EXPECT_EQ(chart.series[0].name, "0.99");
}

TEST_F(FiguresOfASample, MemoriesThatHardlyDifferStandOverTheirNames) {
  double memory = 99;
  for (auto& setting : verdict_.scenarios[0].settings) setting.memory = memory += 0.5;
  EXPECT_EQ(score().x.categories.size(), 9u);
}

TEST_F(FiguresOfASample, ASettingThatDivergedHasNoPlaceOverMemory) {
  verdict_.scenarios[0].settings[0].score = {};
  EXPECT_EQ(score().series[0].x.size(), 5u);
}

TEST_F(FiguresOfASample, OtherSettingsArePointsAtTheirMeasuredMemory) {
  const auto chart = score();
  const auto match = std::ranges::find(chart.series, "match", &render::Series::name);
  ASSERT_NE(match, chart.series.end());
  EXPECT_THAT(match->x, Pointwise(DoubleNear(1e-9), {72.0}));
  EXPECT_EQ(match->style, render::Style::points);
}

TEST_F(FiguresOfASample, TheoryIsALandmarkWhereItNamesAMemory) {
  results_.scenarios[0].marks.push_back({"none", NAN});
  ASSERT_EQ(score().landmarks.size(), 2u);
  EXPECT_EQ(score().landmarks[0].x, 72);
}

TEST_F(FiguresOfASample, SettingsWithoutMemoryStandOverTheirNames) {
  for (auto& setting : verdict_.scenarios[0].settings) setting.memory = NAN;
  EXPECT_EQ(score().x.categories.size(), 9u);
}

TEST_F(FiguresOfASample, SettingsThatDivergedAreCalledSoOverTheirNames) {
  for (auto& trial : results_.scenarios[0].settings[8].trials) trial.score = kMissing;
  EXPECT_EQ(differences(results_, analyse(results_), 0).x.categories.back(), "auto (diverged)");
}

TEST_F(FiguresOfASample, CurvesHaveTheWorldsChanges) {
  const auto chart = learning_curves(results_, 0);
  EXPECT_EQ(chart.changes, results_.scenarios[0].changes);
  EXPECT_EQ(chart.series.size(), 9u);
}

TEST_F(FiguresOfASample, ChangesThatWouldHideTheCurvesAreOnlyCounted) {
  results_.scenarios[0].changes.assign(61, 1.0);
  const auto chart = learning_curves(results_, 0);
  EXPECT_TRUE(chart.changes.empty());
  EXPECT_EQ(chart.x.label, "environment steps; 61 changes of the world are too many to be drawn");
}

TEST_F(FiguresOfASample, ASettingHasOneColourInAllFigures) {
  const auto curves = learning_curves(results_, 0), profiles = performance_profiles(results_, 1);
  for (std::size_t i = 0; i < curves.series.size(); ++i)
    EXPECT_EQ(curves.series[i].color, profiles.series[i].color);
}

TEST_F(FiguresOfASample, AroundChangesShowsWhatWasMeasured) {
  EXPECT_EQ(around_changes(results_, 0).size(), 3u);
  for (auto& setting : results_.scenarios[0].settings) setting.root_v_around = {};
  EXPECT_EQ(around_changes(results_, 0).size(), 2u);
}

TEST_F(FiguresOfASample, ProfilesFallFromOneToZero) {
  const auto chart = performance_profiles(results_, 0);
  for (const auto& series : chart.series) {
    EXPECT_TRUE(std::ranges::is_sorted(series.y, std::greater()));
    EXPECT_EQ(series.y.back(), 0);
  }
}

TEST_F(FiguresOfASample, ProfilesHaveBandsWhereTheyAreFew) {
  EXPECT_TRUE(performance_profiles(results_, 0).series[0].low.empty());
  results_.scenarios[0].settings.resize(3);
  EXPECT_FALSE(performance_profiles(results_, 0).series[0].low.empty());
}

TEST_F(FiguresOfASample, DifferencesLeaveTheReferenceOut) {
  const auto chart = differences(results_, verdict_, 0);
  EXPECT_EQ(std::ranges::count(chart.x.categories, "0.99"), 0);
  EXPECT_EQ(chart.series[0].y.size(), 8u);
  EXPECT_EQ(chart.levels, std::vector<double>{0});
}

}  // namespace
}  // namespace rhoam::compare
