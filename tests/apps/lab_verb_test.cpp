#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "rhoam/tests/apps/process.h"

namespace rhoam::tests {
namespace {

TEST(LabVerb, SumsUpOnTheLastLine) {
  const auto finished = rhoam({"lab", "memory", "--json"});
  EXPECT_EQ(finished.code, 0) << finished.err;
  const auto sum = nlohmann::json::parse(finished.out);
  EXPECT_EQ(sum["name"], "memory");
  EXPECT_EQ(sum["verdict"], "holds");
  EXPECT_TRUE(sum["matches"]);
  EXPECT_NEAR(sum["rows"][0]["measured"], 0.6513, 1e-4);  // 1 − 0.9¹⁰
}

TEST(LabVerb, WhatNeverCameIsADashAndNull) {
  const std::vector<std::string> args{"lab", "fairness", "--lr=1e-9", "--seeds=1", "--size=10"};
  EXPECT_NE(rhoam(args).out.find("T90 of A, v of its own             –"), std::string::npos);
  auto with_json = args;
  with_json.push_back("--json");
  EXPECT_TRUE(nlohmann::json::parse(rhoam(with_json).out)["rows"][0]["measured"].is_null());
}

TEST(LabVerb, WritesDataAndPicture) {
  const TemporaryDirectory place;
  const auto csv = place / "memory.csv", svg = place / "memory.svg";
  EXPECT_EQ(rhoam({"lab", "memory", "--csv", csv.string(), "--svg", svg.string()}).code, 0);
  EXPECT_TRUE(read_text(csv).starts_with("chart,series,x,y,low,high\n"));
  EXPECT_NE(read_text(svg).find("<svg"), std::string::npos);
}

struct Wrong {
  std::vector<std::string> args;
  const char* part;
};

TEST(LabVerb, RefusesWhatItCannotRun) {
  const Wrong wrong[] = {{{"lab", "memry"}, "did you mean 'memory'"},
                         {{"lab", "memory", "--all"}, "not both"},
                         {{"lab", "--json"}, "--all"},
                         {{"lab", "memory", "--rho", "1"}, "below 1"},
                         {{"lab", "memory", "--rho", "match"}, "no constant"},
                         {{"lab", "memory", "--memories", "1,nan"}, "'nan' is not a number"},
                         {{"lab", "memory", "--memories", "1,99"}, "99 is out of range"},
                         {{"lab", "decay", "--lr", "10", "--weight-decay", "10"}, "overshoot"}};
  for (const auto& [args, part] : wrong) {
    const auto finished = rhoam(args);
    EXPECT_EQ(finished.code, 2) << finished.err;
    EXPECT_NE(finished.err.find(part), std::string::npos) << finished.err;
  }
}

}  // namespace
}  // namespace rhoam::tests
