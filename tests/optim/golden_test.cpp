#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "rhoam/tests/golden/golden_optim.h"

namespace rhoam::golden {
namespace {

using nlohmann::json;

json recorded() { return json::parse(std::ifstream(RHOAM_TEST_DATA "/../golden/optim/paths.json")); }

/// The recorded file with only its first case.
json first_case() {
  json file = recorded();
  file["cases"] = json::array({file["cases"][0]});
  return file;
}

TEST(GoldenOptim, EveryRecordedPathIsFollowedInBothPrecisions) {
  const FileReport report = check_optimizer_paths(recorded());
  EXPECT_TRUE(report.ok) << report.line;
}

TEST(GoldenOptim, EachCaseAloneIsFollowed) {
  const json file = recorded();
  for (const json& test : file["cases"]) {
    json alone = file;
    alone["cases"] = json::array({test});
    const FileReport report = check_optimizer_paths(alone);
    EXPECT_TRUE(report.ok) << test["name"] << ": " << report.line;
  }
}

TEST(GoldenOptim, AnErrorOfOneInABillionIsOut) {
  json file = first_case();
  json& value = file["cases"][0]["theta"].back()[0];
  value = value.get<double>() * (1 + 1e-9);
  EXPECT_FALSE(check_optimizer_paths(file).ok);
}

TEST(GoldenOptim, AnotherOptionIsOut) {
  const json all = recorded();
  for (const json& test : all["cases"]) {
    json file = first_case();
    file["cases"][0] = test;
    file["cases"][0]["options"]["lr"] = test["options"]["lr"].get<double>() * 1.001;
    EXPECT_FALSE(check_optimizer_paths(file).ok) << test["name"];
  }
}

TEST(GoldenOptim, AnUnknownOptimizerIsOutAndNamed) {
  json file = first_case();
  file["cases"][0]["optimizer"] = "Rprop";
  const FileReport report = check_optimizer_paths(file);
  EXPECT_FALSE(report.ok);
  EXPECT_NE(report.line.find("Rprop"), std::string::npos) << report.line;
}

TEST(GoldenOptim, AnUnknownOptionIsOutAndNamed) {
  json file = first_case();
  file["cases"][0]["options"]["warmth"] = 1;
  const FileReport report = check_optimizer_paths(file);
  EXPECT_FALSE(report.ok);
  EXPECT_NE(report.line.find("warmth"), std::string::npos) << report.line;
}

TEST(GoldenOptim, MissingKeysAndRaggedArraysAreOut) {
  for (const char* key : {"theta0", "gradients", "recorded_steps", "cases"}) {
    json file = first_case();
    file.erase(key);
    EXPECT_FALSE(check_optimizer_paths(file).ok) << key;
  }
  json file = first_case();
  file["gradients"][3].erase(0);
  EXPECT_FALSE(check_optimizer_paths(file).ok);
}

}  // namespace
}  // namespace rhoam::golden
