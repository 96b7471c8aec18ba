#include "rhoam/compare/setting_style.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "rhoam/tests/compare/sample_results.h"

namespace rhoam::compare {
namespace {

using testing::Contains;
using testing::ElementsAre;

Results results_of(const std::vector<std::string>& names) {
  Results results;
  results.scenarios.resize(1);
  for (const auto& name : names) results.scenarios[0].settings.emplace_back().name = name;
  return results;
}

Results results_of(const std::vector<Assignments>& settings) {
  Results results;
  results.scenarios.resize(1);
  for (const auto& options : settings) results.scenarios[0].settings.emplace_back().options = options;
  return results;
}

Assignments rho(const std::string& value) { return {{"rho", value}}; }

ScenarioAnalysis verdict_with_best(int setting) {
  ScenarioAnalysis analysis;
  analysis.best = setting;
  return analysis;
}

TEST(SettingStyles, SettingsThatDifferInOneNumberShareALine) {
  const auto lines =
      setting_styles(results_of(std::vector<Assignments>{rho("0.9"),
                                                         rho("match"),
                                                         {{"optimizer", "adam"}, {"rho", "0.9"}},
                                                         {{"rho", "0.99"}, {"optimizer", "adam"}},
                                                         {{"rho", "0.9"}, {"actor.rho", "0.99"}},
                                                         rho("auto")}))
          .lines;
  EXPECT_THAT(lines,
              ElementsAre("", std::nullopt, "optimizer=adam", "optimizer=adam", std::nullopt, std::nullopt));
}

TEST(SettingStyles, APlainMemoryMayBeSaidInEveryWay) {
  const auto lines = setting_styles(results_of(std::vector<Assignments>{
                                        rho("memory:8"), rho("half-life:50updates"), rho("half-life:50"),
                                        rho("match:optimal"), rho("half-life:9episodes"), rho("learn"),
                                        rho("linear:from=0.9,to=0.99")}))
                         .lines;
  EXPECT_THAT(lines, ElementsAre("", "", "", std::nullopt, std::nullopt, std::nullopt, std::nullopt));
}

TEST(SettingStyles, ALineIsOverTheMemoryOfTheActor) {
  const auto lines =
      setting_styles(results_of(std::vector<Assignments>{{{"actor.rho", "0.9"}, {"critic.rho", "0.99"}},
                                                         {{"rho", "memory:8"}, {"optimizer", "adam"}},
                                                         {{"critic.rho", "0.9"}},
                                                         {{"rho", "match"}, {"lr", "0.1"}}}))
          .lines;
  EXPECT_THAT(lines, ElementsAre("critic.rho=0.99", "optimizer=adam", std::nullopt, std::nullopt));
}

TEST(SettingStyles, NumbersOfOtherOptionsAreNoMemories) {
  const auto lines =
      setting_styles(results_of(std::vector<Assignments>{{{"gamma", "0.9"}}, {{"gamma", "0.99"}}})).lines;
  EXPECT_THAT(lines, ElementsAre(std::nullopt, std::nullopt));
}

TEST(SettingStyles, EverySettingHasAColourOfItsOwnAndTheReferenceTheFirst) {
  const Results results = sample_evidence(3);
  const auto colors = setting_styles(results).colors;
  EXPECT_EQ(colors[static_cast<std::size_t>(results.reference)], 0);
  EXPECT_EQ(std::set<int>(colors.begin(), colors.end()).size(), colors.size());
}

TEST(SettingStyles, LegibleAreTheReferenceTheBestAndWhatIsNotPlain) {
  const Results results = sample_evidence(3);
  const auto chosen = shown_first(results, verdict_with_best(1), 5);
  EXPECT_THAT(chosen, ElementsAre(1, 4, 6, 7, 8));
}

TEST(SettingStyles, AllAreLegibleWhereThereAreFew) {
  const auto chosen = shown_first(results_of(std::vector<std::string>{"a", "b"}), verdict_with_best(0));
  EXPECT_THAT(chosen, ElementsAre(0, 1));
}

}  // namespace
}  // namespace rhoam::compare
