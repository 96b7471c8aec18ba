#include "apps/compare/world_changes.h"

#include <gtest/gtest.h>

#include <cmath>

namespace rhoam::compare {
namespace {

const std::vector<std::string> kDrifts = {"action-flip:square:dwell=400updates",
                                          "gravity:sine:period=100,low=9,high=10",
                                          "advantage-scale:telegraph:dwell=10updates,amplitude=1"};

WorldChanges watching(const std::vector<std::string>& drifts) {
  return {envs::parse_drifts(drifts, 1000, 0), std::vector<double>(drifts.size(), 0.0)};
}

std::vector<envs::Drifting::Change> change_to(std::vector<double> values) {
  return {{{}, std::move(values)}};
}

TEST(WorldChanges, AreJumpsOfTheWorld) {
  auto changes = watching(kDrifts);
  EXPECT_FALSE(changes.among({}));
  EXPECT_TRUE(changes.among(change_to({1, 0, 0})));
  EXPECT_FALSE(changes.among(change_to({1, 0, 0})));
}

TEST(WorldChanges, AreNeitherSoftNorOfAScale) {
  auto changes = watching(kDrifts);
  EXPECT_FALSE(changes.among(change_to({0, 9.5, 1})));
}

TEST(WorldChanges, DwellIsTheShortestDeclaredOne) {
  const auto changes =
      watching({"action-flip:square:dwell=400updates", "gravity:square:dwell=1000,low=9,high=10"});
  EXPECT_EQ(changes.dwell({.steps_per_update = 128}), 1000);
  EXPECT_EQ(changes.dwell({.steps_per_update = 2}), 800);
}

TEST(WorldChanges, StepsJumpWithoutADeclaredDwell) {
  auto changes = watching({"action-flip:steps:at=100/200,values=0/1/0"});
  EXPECT_TRUE(changes.among(change_to({1})));
  EXPECT_TRUE(std::isnan(changes.dwell({})));
}

}  // namespace
}  // namespace rhoam::compare
