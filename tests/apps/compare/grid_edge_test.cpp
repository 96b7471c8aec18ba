#include "apps/compare/grid_edge.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rhoam::compare {
namespace {

/// Two settings, tuned over these candidates.
std::string note(const std::vector<std::string>& candidates, const std::string& first,
                 const std::string& second) {
  Evidence evidence;
  auto& scenario = evidence.scenarios.emplace_back();
  for (const auto& [name, tuned] : {std::pair("0.9", first), {"match", second}}) {
    scenario.settings.emplace_back().name = name;
    scenario.settings.back().tuned = tuned;
  }
  for (const auto& candidate : candidates) evidence.tuning.push_back({"", "0.9", candidate, 0, "tuning", 1});
  return grid_edge_note(evidence, scenario);
}

TEST(GridEdge, NamesTheSettingsWhoseChoiceIsTheLastTried) {
  EXPECT_EQ(note({"lr-factor=0.3", "lr-factor=3", "lr-factor=1"}, "lr-factor=1", "lr-factor=3"),
            "The lr-factor chosen for match is the largest tried, 3: widen --tune.");
}

TEST(GridEdge, KnowsBothEnds) {
  EXPECT_EQ(note({"lr=0.01", "lr=0.1"}, "lr=0.01", "lr=0.1"),
            "The lr chosen for 0.9 is the least tried, 0.01: widen --lr. "
            "The lr chosen for match is the largest tried, 0.1: widen --lr.");
}

TEST(GridEdge, SaysWhereItIsEverySetting) {
  EXPECT_EQ(note({"clip=0.1", "clip=0.2"}, "clip=0.2", "clip=0.2"),
            "The clip chosen for every setting is the largest tried, 0.2: widen --tune.");
}

TEST(GridEdge, LooksAtEveryOptionOfACandidate) {
  EXPECT_EQ(note({"lr=1, clip=1", "lr=2, clip=2", "lr=3, clip=3"}, "lr=2, clip=3", "lr=2, clip=2"),
            "The clip chosen for 0.9 is the largest tried, 3: widen --tune.");
}

TEST(GridEdge, SaysNothingInsideOfAGrid) { EXPECT_EQ(note({"lr=1", "lr=2", "lr=3"}, "lr=2", "lr=2"), ""); }

TEST(GridEdge, SaysNothingOfWhatIsNoGridOfNumbers) {
  EXPECT_EQ(note({"lr=1"}, "lr=1", "lr=1"), "");
  EXPECT_EQ(note({"optimizer=adam", "optimizer=sgd"}, "optimizer=adam", "optimizer=sgd"), "");
  EXPECT_EQ(note({}, "", ""), "");
}

}  // namespace
}  // namespace rhoam::compare
