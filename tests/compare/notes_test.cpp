#include "rhoam/compare/notes.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rhoam::compare {
namespace {

/// Two settings, each tuned over these candidates.
std::string note(const std::vector<Assignments>& candidates, const Assignments& first,
                 const Assignments& second, const std::string& option = "rho") {
  Results results;
  auto& scenario = results.scenarios.emplace_back();
  for (const auto& [name, tuned] : {std::pair("0.9", first), {"match", second}}) {
    auto& setting = scenario.settings.emplace_back();
    setting.name = name;
    setting.options = {{option, name}};
    setting.tuned = tuned;
    for (const auto& candidate : candidates)
      results.tuning.push_back({"", name, 0, candidate, 0, Stage::tuning, 1});
  }
  return grid_edge_note(results, scenario);
}

/// The sentence on a choice at the end of its grid.
std::string advice(const char* option, const char* setting, const char* end, const char* value,
                   const char* widen) {
  return fmt::format("The {} chosen for {} is the {} tried, {}: widen --{}.", option, setting, end, value,
                     widen);
}

Assignments lr(const std::string& value) { return {{"lr", value}}; }
Assignments both(const std::string& lr, const std::string& clip) { return {{"lr", lr}, {"clip", clip}}; }

TEST(GridEdge, NamesTheSettingsWhoseChoiceIsTheLastTried) {
  const auto factor = [](const char* value) { return Assignments{{"lr-factor", value}}; };
  EXPECT_EQ(note({factor("0.3"), factor("3"), factor("1")}, factor("1"), factor("3")),
            advice("lr-factor", "match", "largest", "3", "tune"));
}

TEST(GridEdge, KnowsBothEnds) {
  EXPECT_EQ(note({lr("0.01"), lr("0.1")}, lr("0.01"), lr("0.1")),
            advice("lr", "0.9", "least", "0.01", "lr") + " " + advice("lr", "match", "largest", "0.1", "lr"));
}

TEST(GridEdge, SaysWhereItIsEverySetting) {
  EXPECT_EQ(note({{{"clip", "0.1"}}, {{"clip", "0.2"}}}, {{"clip", "0.2"}}, {{"clip", "0.2"}}),
            advice("clip", "every setting", "largest", "0.2", "tune"));
}

TEST(GridEdge, LooksAtEveryOptionOfACandidate) {
  EXPECT_EQ(note({both("1", "1"), both("2", "2"), both("3", "3")}, both("2", "3"), both("2", "2")),
            advice("clip", "0.9", "largest", "3", "tune"));
}

TEST(GridEdge, NamesSettingsByTheirOption) {
  EXPECT_EQ(note({lr("1"), lr("2"), lr("3")}, lr("3"), lr("2"), "gamma"),
            advice("lr", "gamma = 0.9", "largest", "3", "lr"));
}

TEST(GridEdge, SaysNothingInsideOfAGrid) {
  EXPECT_EQ(note({lr("1"), lr("2"), lr("3")}, lr("2"), lr("2")), "");
}

TEST(GridEdge, SaysNothingOfWhatIsNoGridOfNumbers) {
  EXPECT_EQ(note({lr("1")}, lr("1"), lr("1")), "");
  EXPECT_EQ(note({{{"optimizer", "adam"}}, {{"optimizer", "sgd"}}}, {{"optimizer", "adam"}},
                 {{"optimizer", "sgd"}}),
            "");
  EXPECT_EQ(note({}, {}, {}), "");
}

TEST(GridEdge, AKeyOfAScheduleIsNoOption) {
  const auto slow = lr("linear:from=0.01,to=0.001"), fast = lr("linear:from=0.01,to=0.0001");
  EXPECT_EQ(note({slow, fast}, fast, fast), "");
  EXPECT_EQ(note({slow, lr("0.1"), lr("0.2")}, slow, lr("0.2")),
            advice("lr", "match", "largest", "0.2", "lr"));
}

TEST(GridEdge, EverySettingHasItsOwnGrid) {
  Results results;
  auto& scenario = results.scenarios.emplace_back();
  for (const auto& [name, rates] : {std::pair("0.9", std::vector{"1", "2"}), {"0.99", {"10", "20", "30"}}}) {
    auto& setting = scenario.settings.emplace_back();
    setting.name = name;
    setting.tuned = lr(rates[1]);
    for (const auto* rate : rates) results.tuning.push_back({"", name, 0, lr(rate), 0, Stage::tuning, 1});
  }
  EXPECT_EQ(grid_edge_note(results, scenario), advice("lr", "0.9", "largest", "2", "lr"));
}

}  // namespace
}  // namespace rhoam::compare
