#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "rhoam/tests/apps/process.h"

namespace rhoam::tests {
namespace {

TEST(LabAll, ReachesEveryExpectedVerdict) {
  const auto finished = rhoam({"lab", "--all", "--json"});
  EXPECT_EQ(finished.code, 0);
  const auto experiments = nlohmann::json::parse(finished.out)["experiments"];
  EXPECT_EQ(experiments.size(), 21u);
  for (const auto& experiment : experiments)
    EXPECT_TRUE(experiment["matches"]) << experiment["name"] << ": " << experiment["verdict"];
}

}  // namespace
}  // namespace rhoam::tests
