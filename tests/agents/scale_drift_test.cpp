#include "agents/scale_drift.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "core/errors.h"

namespace rhoam::agents {
namespace {

ScaleDrift scale_of(const std::string& drift) {
  const std::vector<std::string> texts{"gravity:sine:period=10", drift};
  return {envs::parse_drifts(texts, 1000, 3), envs::kAdvantageScale};
}

TEST(ScaleDrift, IsOneWithoutADriftOfItsParameter) {
  EXPECT_EQ(ScaleDrift().at({}), 1);
  EXPECT_EQ(scale_of("reward-scale:steps:at=1,values=5/5").at({.steps = 9}), 1);
}

TEST(ScaleDrift, IsTheRootOfAnExponentialOfTheLogVariance) {
  ScaleDrift scale = scale_of("advantage-scale:steps:at=5updates,values=0/2.302585093");
  EXPECT_EQ(scale.at({.steps = 100, .updates = 4}), 1);
  EXPECT_NEAR(scale.at({.updates = 5}), std::sqrt(10), 1e-9);
}

TEST(ScaleDrift, StaysFiniteWhereALogVarianceRunsAway) {
  ScaleDrift scale = scale_of("advantage-scale:growth:tau=1updates");
  EXPECT_DOUBLE_EQ(scale.at({.updates = 1'000'000}), std::exp(50));
}

TEST(ScaleDrift, GoesOnAfterSaveAndLoad) {
  const char* text = "advantage-scale:telegraph:dwell=2updates,amplitude=1";
  ScaleDrift whole = scale_of(text), resumed = scale_of(text);
  whole.at({.updates = 50});
  core::Tensors saved;
  whole.save(saved, "x");
  resumed.load(saved, "x");
  for (std::int64_t t = 51; t < 80; ++t) EXPECT_EQ(resumed.at({.updates = t}), whole.at({.updates = t}));
}

TEST(ScaleDrift, RefusesStateWithoutRandomness) {
  ScaleDrift scale = scale_of("advantage-scale:ou:tau=2updates,amplitude=1");
  core::Tensors saved;
  scale.save(saved, "x");
  std::ranges::fill(saved.all().at("x/stream").bytes, std::byte{});
  EXPECT_THROW(scale.load(saved, "x"), core::CorruptError);
}

}  // namespace
}  // namespace rhoam::agents
