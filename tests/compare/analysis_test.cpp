#include "rhoam/compare/analysis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/core/random.h"

namespace rhoam::compare {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;
using Scores = std::vector<double>;

SettingResults setting(const std::string& name, const Scores& scores) {
  SettingResults results;
  results.name = name;
  results.options = {{"rho", name}};
  for (const double score : scores) {
    results.trials.emplace_back().score = score;
    results.trials.back().seed = results.trials.size();
  }
  return results;
}

/// Of one scenario; the first setting is the reference.
Results results(const std::vector<SettingResults>& settings) {
  Results all;
  all.score.name = "return";
  all.scenarios.emplace_back().settings = settings;
  return all;
}

Scores shifted(Scores scores, double shift) {
  for (double& score : scores) score += shift;
  return scores;
}

/// Ten scores 10 apart.
Scores ladder(double first = 200, std::size_t seeds = 10) {
  Scores scores(seeds);
  for (std::size_t i = 0; i < seeds; ++i) scores[i] = first + 10 * static_cast<double>(i);
  return scores;
}

std::string headline(const std::vector<SettingResults>& settings) {
  return analyse(results(settings)).headline;
}

TEST(Analysis, EstimatesTheScoreOfEverySetting) {
  const auto analysis = analyse(results({setting("0.99", ladder()), setting("0.9", ladder(300))}));
  const auto& settings = analysis.scenarios[0].settings;
  EXPECT_EQ(settings[0].score.value, 245);
  EXPECT_EQ(settings[1].score.value, 345);
  EXPECT_EQ(settings[1].n, 10);
  EXPECT_LT(settings[1].score.interval.low, 345);
  EXPECT_FALSE(settings[0].difference);
}

TEST(Analysis, TakesDifferencesSeedBySeed) {
  const auto analysis = analyse(results({setting("0.99", ladder()), setting("0.9", shifted(ladder(), 3))}));
  const auto& difference = *analysis.scenarios[0].settings[1].difference;
  EXPECT_EQ(difference.iqm.interval.low, 3);
  EXPECT_EQ(difference.iqm.interval.high, 3);
  EXPECT_EQ(difference.p, 2.0 / 1024);
  EXPECT_EQ(difference.improvement.value, 0.55);
}

TEST(Analysis, CorrectsForTheNumberOfSettings) {
  const auto analysis = analyse(results({setting("0.99", ladder()), setting("0.9", shifted(ladder(), 3)),
                                         setting("0.5", shifted(ladder(), 5)), setting("0.1", ladder())}));
  const auto& settings = analysis.scenarios[0].settings;
  EXPECT_EQ(settings[1].difference->p_adjusted, 6.0 / 1024);
  EXPECT_EQ(settings[2].difference->p_adjusted, 6.0 / 1024);
  EXPECT_EQ(settings[3].difference->p_adjusted, 1);
}

TEST(Analysis, IsNotSignificantWhereTheIntervalHoldsZero) {
  EXPECT_FALSE(significant({.iqm = {1, {-1, 3}}, .improvement = {}, .p = 0.001, .p_adjusted = 0.001}));
  EXPECT_FALSE(significant({.iqm = {2, {1, 3}}, .improvement = {}, .p = 0.05, .p_adjusted = 0.05}));
  EXPECT_TRUE(significant({.iqm = {-2, {-3, -1}}, .improvement = {}, .p = 0.001, .p_adjusted = 0.049}));
}

TEST(Analysis, ASettingOfWhichEveryRunDivergedHasNoScoreAndIsWorse) {
  for (const bool higher : {true, false}) {
    auto all = results({setting("0.99", ladder()), setting("0.9", Scores(10, NAN))});
    all.score.higher_is_better = higher;
    const auto analysis = analyse(all).scenarios[0];
    EXPECT_TRUE(std::isnan(analysis.settings[1].score.value));
    EXPECT_TRUE(std::isnan(analysis.settings[1].difference->iqm.value));
    EXPECT_TRUE(worse(*analysis.settings[1].difference, higher));
    EXPECT_EQ(analysis.best, 0);
    EXPECT_TRUE(analysis.ties->empty());
  }
}

TEST(Analysis, TiesAreThoseThatNothingShowsToBeWorseThanTheBest) {
  Scores mixed = shifted(ladder(), 40);
  for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] += i % 2 ? 60 : -70;
  const auto analysis = analyse(results({setting("0.99", ladder()), setting("0.9", shifted(ladder(), 40)),
                                         setting("match", mixed), setting("auto", shifted(ladder(), 40))}));
  EXPECT_THAT(*analysis.scenarios[0].ties, testing::UnorderedElementsAre(2, 3));
}

TEST(Headline, NamesTheBestSettingThatBeatsTheReference) {
  EXPECT_EQ(headline({setting("0.99", ladder()), setting("0.9", shifted(ladder(), 100)),
                      setting("match", shifted(ladder(), 40))}),
            "ρ = 0.9 beats 0.99 by 100.00 [100.00, 100.00] (return, 10 seeds)");
}

TEST(Headline, SpeaksOfRegretTheOtherWayRound) {
  auto all = results({setting("0.99", ladder()), setting("auto", shifted(ladder(), -50))});
  all.score.name = "regret";
  all.score.higher_is_better = false;
  EXPECT_EQ(analyse(all).headline, "auto has 50.00 [50.00, 50.00] less regret than 0.99 (10 seeds)");
  EXPECT_EQ(analyse(all).scenarios[0].best, 1);
}

TEST(Headline, SaysThatNothingDiffers) {
  EXPECT_EQ(headline({setting("0.99", ladder()), setting("0.9", ladder())}),
            "No setting differs from ρ = 0.99 (return, 10 seeds)");
}

TEST(Headline, SaysThatTheReferenceIsBest) {
  const auto text = headline({setting("0.99", ladder()), setting("0.9", shifted(ladder(), -20)),
                              setting("0.5", shifted(ladder(), -0.0))});
  EXPECT_THAT(text, StartsWith("ρ = 0.99 is best, with 245 ["));
  EXPECT_THAT(text, EndsWith("; 1 of 2 settings is worse (return, 10 seeds)"));
}

TEST(Headline, SaysThatFewSeedsCannotTell) {
  EXPECT_EQ(headline({setting("0.99", ladder(200, 3)), setting("0.9", ladder(900, 3))}),
            "Too few seeds: with 3 the smallest possible p is 0.25; for 1 comparison use --seeds 6");
}

TEST(Headline, CountsSeedsForTheNumberOfComparisons) {
  std::vector<SettingResults> settings;
  for (int i = 0; i < 12; ++i) settings.push_back(setting("0." + std::to_string(i), ladder(i, 8)));
  EXPECT_THAT(headline(settings), EndsWith("for 11 comparisons use --seeds 9"));
}

TEST(Headline, CountsRunsThatDiverged) {
  auto scores = shifted(ladder(), 100);
  scores[4] = std::nan("");
  EXPECT_THAT(headline({setting("0.99", ladder()), setting("0.9", scores)}),
              EndsWith("; 1 run diverged and counts as the worst score"));
  EXPECT_EQ(headline({setting("0.99", Scores(5, NAN)), setting("0.9", Scores(5, NAN))}),
            "Every run diverged");
}

TEST(Headline, ClaimsNoAmountOverAReferenceThatDiverged) {
  EXPECT_THAT(headline({setting("0.99", Scores(10, NAN)), setting("0.9", ladder())}),
              StartsWith("ρ = 0.9 beats 0.99, which diverged (return, 10 seeds); 10 runs diverged"));
}

TEST(Choice, NamesTheSettingsThatAreTiedWithTheBest) {
  EXPECT_EQ(analyse(results({setting("0.99", ladder()), setting("0.9", shifted(ladder(), 9)),
                             setting("auto", shifted(ladder(), 9))}))
                .choice,
            "Statistically tied with the best (ρ = 0.9): auto.");
}

TEST(Choice, SaysThatTheBestStandsAlone) {
  EXPECT_EQ(analyse(results({setting("0.99", ladder()), setting("0.9", shifted(ladder(), 9))})).choice,
            "No other setting is statistically tied with the best (ρ = 0.9).");
}

TEST(Choice, SeparatesNamesThatHoldCommas) {
  EXPECT_EQ(
      analyse(results({setting("0.99", ladder()), setting("adam, 0.9", ladder()), setting("b", ladder())}))
          .choice,
      "Statistically tied with the best (ρ = 0.99): adam, 0.9; b.");
}

TEST(Choice, IsEmptyWithoutAChoice) {
  EXPECT_EQ(analyse(results({setting("0.99", ladder())})).choice, "");
  EXPECT_EQ(analyse(results({setting("0.99", Scores(5, NAN)), setting("0.9", Scores(5, NAN))})).choice, "");
}

TEST(Headline, IsOfOneSettingAloneWhereNoOtherWasRun) {
  EXPECT_THAT(headline({setting("0.99", ladder())}), StartsWith("ρ = 0.99 alone: return 245 ["));
}

TEST(Analysis, ARunThatDivergedHasTheWorstScoreOfTheScenario) {
  auto analysis = analyse(results({setting("0.99", {1, 2, 3, 4}), setting("0.9", {9, NAN, 9, INFINITY})}));
  EXPECT_EQ(analysis.scenarios[0].settings[1].diverged, 2);
  EXPECT_EQ(analysis.scenarios[0].settings[1].score.value, 5);              // of 1, 1, 9, 9
  EXPECT_EQ(analysis.scenarios[0].settings[1].difference->iqm.value, 2.5);  // of 8, -1, 6, -3
}

TEST(Analysis, TheReferenceIsBestAmongEquals) {
  auto all = results({setting("0.9", ladder()), setting("0.99", ladder())});
  all.reference = 1;
  EXPECT_EQ(analyse(all).scenarios[0].best, 1);
}

TEST(Analysis, LeavesOutSeedsWithoutAMeasurement) {
  auto all = results({setting("0.99", ladder())});
  all.scenarios[0].settings[0].trials[2].recovery = 700;
  const auto analysis = analyse(all);
  EXPECT_EQ(analysis.scenarios[0].settings[0].recovery.value, 700);
  EXPECT_TRUE(std::isnan(analysis.scenarios[0].settings[0].lost.value));
}

/// Two scenarios on scales 1 : 1000, of 0.99, 0.9 and 0.5; 0.9 is best in both.
Results two_scales() {
  auto all = results({setting("0.99", ladder()), setting("0.9", shifted(ladder(), 80)),
                      setting("0.5", shifted(ladder(), 40))});
  all.scenarios.push_back(all.scenarios[0]);
  for (auto& each : all.scenarios[1].settings)
    for (auto& trial : each.trials) trial.score *= 1000;
  return all;
}

TEST(Overall, NormalisesEveryScenario) {
  const auto analysis = analyse(two_scales());
  ASSERT_TRUE(analysis.overall);
  const auto& settings = analysis.overall->settings;
  EXPECT_NEAR(settings[0].score.value, 0, 1e-12);
  EXPECT_NEAR(settings[1].score.value, 1, 1e-12);
  EXPECT_NEAR(settings[2].score.value, 0.5, 1e-12);
  EXPECT_EQ(settings[0].n, 20);
  EXPECT_THAT(analysis.headline, StartsWith("ρ = 0.9 beats 0.99 by "));
  EXPECT_THAT(analysis.headline,
              EndsWith("(normalised score, 20 runs in 2 scenarios); alone, 2 of 2 scenarios "
                       "show it and 0 the opposite"));
}

TEST(Overall, TurnsRegretRound) {
  auto all = two_scales();
  all.score.name = "regret";
  all.score.higher_is_better = false;
  const auto analysis = analyse(all);
  EXPECT_NEAR(analysis.overall->settings[0].score.value, 1, 1e-12);
  EXPECT_NEAR(analysis.overall->settings[1].score.value, 0, 1e-12);
}

TEST(Overall, SaysWhereAScenarioShowsTheOpposite) {
  auto all = results({setting("0.99", ladder()), setting("0.9", shifted(ladder(), 80))});
  all.scenarios.resize(3, all.scenarios[0]);
  all.scenarios.emplace_back().settings = {setting("0.99", shifted(ladder(), 80)), setting("0.9", ladder())};
  EXPECT_THAT(analyse(all).headline, EndsWith("alone, 3 of 4 scenarios show it and 1 the opposite"));
}

TEST(Overall, HasTooFewSeedsToTellWhereEveryScenarioHas) {
  auto all = results({setting("0.99", ladder(200, 5)), setting("0.9", ladder(200, 5))});
  all.scenarios.resize(3, all.scenarios[0]);
  EXPECT_THAT(analyse(all).headline, StartsWith("Too few seeds: with 5 the smallest possible p is 0.062"));
}

TEST(Overall, SaysThatEveryRunDiverged) {
  auto all = results({setting("0.99", Scores(10, NAN)), setting("0.9", Scores(10, NAN))});
  all.scenarios.resize(2, all.scenarios[0]);
  EXPECT_EQ(analyse(all).headline, "Every run diverged");
}

TEST(Overall, AScenarioWithoutDifferencesCountsForNone) {
  auto all = two_scales();
  for (auto& each : all.scenarios[1].settings) each = setting(each.name, Scores(10, 7.0));
  EXPECT_NEAR(analyse(all).overall->settings[1].score.value, 0.5, 0.25);
}

TEST(Overall, IsMissingForOneScenario) {
  EXPECT_FALSE(analyse(results({setting("0.99", ladder())})).overall);
}

TEST(Judge, RefusesFewerThanThreeSeeds) {
  try {
    analyse(results({setting("0.99", {1, 2})}));
    FAIL() << "two seeds were judged";
  } catch (const core::UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("setting '0.99' has 2 seeds, at least 3 are needed"));
  }
}

TEST(Judge, RefusesSettingsThatDoNotShareTheirSeeds) {
  auto all = results({setting("0.99", ladder()), setting("0.9", ladder())});
  all.scenarios[0].settings[1].trials[3].seed = 99;
  EXPECT_THROW(analyse(all), core::UsageError);
  all = two_scales();
  all.scenarios[1].settings.pop_back();
  EXPECT_THROW(analyse(all), core::UsageError);
  all = two_scales();
  all.reference = 3;
  EXPECT_THROW(analyse(all), core::UsageError);
  EXPECT_THROW(analyse(Results()), core::UsageError);
}

TEST(Judge, HostileScoresGiveAVerdict) {
  const Scores huge = {1e308, -1e308, 1e308, -1e308, 5e-324};
  const auto analysis = analyse(results({setting("0.99", huge), setting("0.9", shifted(huge, 1))}));
  EXPECT_LT(analysis.headline.size(), 200U);
}

TEST(Judge, IsAFunctionOfTheEvidence) {
  core::Stream stream(3);
  Scores scores(20);
  for (double& score : scores) score = stream.normal();
  const auto all = results({setting("0.99", ladder(0, 20)), setting("0.9", scores)});
  EXPECT_EQ(analyse(all).scenarios[0].settings[1].difference->iqm.interval.low,
            analyse(all).scenarios[0].settings[1].difference->iqm.interval.low);
}

}  // namespace
}  // namespace rhoam::compare
