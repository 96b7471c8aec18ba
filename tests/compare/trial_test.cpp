#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>

#include "rhoam/compare/results.h"
#include "rhoam/compare/trial.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/tests/core/scratch_folder.h"

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

namespace {

using nlohmann::json;

json result() {
  json all{{"seed", 7}, {"version", "a version"}, {"tables", json::object()}};
  for (const auto& [name, value] : kResultNumbers) all[name] = nullptr;
  for (const auto& [name, value] : kResultCounts) all[name] = 12;
  return all;
}

TrialResult read(const std::string& text) {
  const test::ScratchFolder folder;
  core::replace_file(folder / "result.json", text);
  return read_result(folder.path(), 7);
}

TrialResult read_with(const char* field, const json& value) {
  json all = result();
  all[field] = value;
  return read(all.dump());
}

TEST(ReadResult, TheRateOfAnOlderTrialIsThatOfItsConfig) {
  const test::ScratchFolder folder;
  core::replace_file(folder / "result.json", result().dump());
  core::replace_file(folder / "config.ini", "env = CartPole-v1\nalgo = a2c\nlr = 0.02\nlr-factor = 3\n");
  EXPECT_DOUBLE_EQ(read_result(folder.path(), 7).learning_rate, 0.06);
}

TEST(ReadResult, TakesNumbersThatMayBeMissingAndCounts) {
  EXPECT_EQ(read_with("score", 1.5).score, 1.5);
  EXPECT_TRUE(std::isnan(read_with("score", nullptr).score));
  EXPECT_EQ(read_with("env_steps", 4096).steps, 4096);
}

TEST(ReadResult, RefusesCountsThatNoTrainingHas) {
  for (const json& value :
       {json(1e300), json(-1), json(1.5), json("7"), json(true), json(), json(~std::uint64_t{0})})
    EXPECT_THROW(read_with("env_steps", value), core::CorruptError) << value;
  for (const json& value : {json(8), json(-7), json(7.5), json("7"), json()})
    EXPECT_THROW(read_with("seed", value), core::CorruptError) << value;
}

TEST(ReadResult, RefusesWhatIsNoResult) {
  for (const char* text : {"", "[]", "{}", "7", "{\"seed\":7", "null"})
    EXPECT_THROW(read(text), core::CorruptError) << text;
  EXPECT_THROW(read_with("tables", {{"metrics.csv", 1}}), core::CorruptError);
  EXPECT_THROW(read_with("score", "high"), core::CorruptError);
}

}  // namespace

}  // namespace rhoam::compare
