#include "rhoam/compare/setting_style.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "rhoam/tests/compare/sample_results.h"

namespace rhoam::compare {
namespace {

using testing::Contains;
using testing::ElementsAre;

Evidence evidence_of(const std::vector<std::string>& names) {
  Evidence evidence;
  evidence.scenarios.resize(1);
  for (const auto& name : names) evidence.scenarios[0].settings.emplace_back().name = name;
  return evidence;
}

Evidence evidence_of(const std::vector<Assignments>& settings) {
  Evidence evidence;
  evidence.scenarios.resize(1);
  for (const auto& options : settings) evidence.scenarios[0].settings.emplace_back().options = options;
  return evidence;
}

Assignments rho(const std::string& value) { return {{"rho", value}}; }

ScenarioVerdict verdict_with_best(int setting) {
  ScenarioVerdict verdict;
  verdict.best = setting;
  return verdict;
}

TEST(LineUp, SettingsThatDifferInOneNumberShareALine) {
  const auto lines = line_up(evidence_of(std::vector<Assignments>{rho("0.9"),
                                                                  rho("match"),
                                                                  {{"optimizer", "adam"}, {"rho", "0.9"}},
                                                                  {{"rho", "0.99"}, {"optimizer", "adam"}},
                                                                  {{"rho", "0.9"}, {"actor.rho", "0.99"}},
                                                                  rho("nan")}))
                         .lines;
  EXPECT_THAT(lines,
              ElementsAre("", std::nullopt, "optimizer=adam", "optimizer=adam", std::nullopt, std::nullopt));
}

TEST(LineUp, APlainMemoryMayBeSaidInEveryWay) {
  const auto lines =
      line_up(evidence_of(std::vector<Assignments>{
                  rho("memory:8"), rho("half-life:50updates"), rho("half-life:50"), rho("match:optimal"),
                  rho("half-life:9episodes"), rho("memory:x"), rho("linear:from=0.9,to=0.99")}))
          .lines;
  EXPECT_THAT(lines, ElementsAre("", "", "", std::nullopt, std::nullopt, std::nullopt, std::nullopt));
}

TEST(LineUp, ALineIsOverTheMemoryOfTheActor) {
  const auto lines =
      line_up(evidence_of(std::vector<Assignments>{{{"actor.rho", "0.9"}, {"critic.rho", "0.99"}},
                                                   {{"rho", "memory:8"}, {"optimizer", "adam"}},
                                                   {{"critic.rho", "0.9"}},
                                                   {{"rho", "match"}, {"lr", "0.1"}}}))
          .lines;
  EXPECT_THAT(lines, ElementsAre("critic.rho=0.99", "optimizer=adam", std::nullopt, std::nullopt));
}

TEST(LineUp, NumbersOfOtherOptionsAreNoMemories) {
  const auto lines =
      line_up(evidence_of(std::vector<Assignments>{{{"gamma", "0.9"}}, {{"gamma", "0.99"}}})).lines;
  EXPECT_THAT(lines, ElementsAre(std::nullopt, std::nullopt));
}

TEST(LineUp, EverySettingHasAColourOfItsOwnAndTheReferenceTheFirst) {
  const Evidence evidence = sample_evidence(3);
  const auto colors = line_up(evidence).colors;
  EXPECT_EQ(colors[static_cast<std::size_t>(evidence.reference)], 0);
  EXPECT_EQ(std::set<int>(colors.begin(), colors.end()).size(), colors.size());
}

TEST(LineUp, LegibleAreTheReferenceTheBestAndWhatIsNotPlain) {
  const Evidence evidence = sample_evidence(3);
  const auto chosen = legible(evidence, verdict_with_best(1), 5);
  EXPECT_THAT(chosen, ElementsAre(1, 4, 6, 7, 8));
}

TEST(LineUp, AllAreLegibleWhereThereAreFew) {
  const auto chosen = legible(evidence_of(std::vector<std::string>{"a", "b"}), verdict_with_best(0));
  EXPECT_THAT(chosen, ElementsAre(0, 1));
}

}  // namespace
}  // namespace rhoam::compare
