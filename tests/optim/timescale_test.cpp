#include "rhoam/optim/timescale.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "rhoam/core/errors.h"
#include "rhoam/optim/rho.h"

namespace rhoam::optim {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr DriftKind kKinds[] = {DriftKind::sine, DriftKind::telegraph, DriftKind::ou, DriftKind::growth};

/// Memories by a Python implementation of the same formulas: on a grid with cells of 0.2%, with a quadrature
/// of the switches that is 0.1% too high for the small ones.
struct Golden {
  DriftKind kind;
  double amplitude, kurtosis;
  std::array<double, 5> memories;  ///< at timescales of 10, 30, 100, 300, 1000; 3000 stands for none
};
constexpr Golden kGolden[] = {
    {DriftKind::sine, 0.3, 3, {3000, 3000, 3000, 44.335, 75.121}},
    {DriftKind::sine, 1, 3, {3000, 4.12, 7.425, 14.204, 30.377}},
    {DriftKind::sine, 2.3, 3, {1.396, 2.166, 4.128, 8.024, 17.332}},
    {DriftKind::sine, 2.3, 15, {1.539, 2.571, 5.242, 10.623, 23.453}},
    {DriftKind::sine, 1, 76, {3000, 3000, 3000, 27.775, 56.856}},
    {DriftKind::telegraph, 0.3, 3, {3000, 96.719, 44.601, 55.846, 87.038}},
    {DriftKind::telegraph, 1, 3, {4.063, 5.017, 7.757, 12.481, 21.832}},
    {DriftKind::telegraph, 2.3, 3, {1.146, 1.595, 2.597, 4.279, 7.604}},
    {DriftKind::telegraph, 2.3, 15, {1.398, 2.078, 3.656, 6.37, 11.758}},
    {DriftKind::telegraph, 1, 76, {3000, 20.98, 22.271, 32.829, 55.514}},
    {DriftKind::ou, 0.3, 3, {3000, 46.689, 49.957, 71.475, 117.779}},
    {DriftKind::ou, 1, 3, {4.661, 6.722, 11.121, 18.398, 32.633}},
    {DriftKind::ou, 2.3, 15, {2.21, 3.73, 6.843, 11.994, 22.094}},
    {DriftKind::ou, 1, 76, {24.995, 20.444, 29.661, 47.156, 82.158}},
    {DriftKind::growth, 0.3, 3, {9.579, 18.918, 40.699, 82.979, 182.108}},
    {DriftKind::growth, 2.3, 3, {2.955, 5.476, 11.277, 22.36, 48.296}},
    {DriftKind::growth, 1, 76, {7.85, 16.102, 34.987, 71.05, 154.691}},
};
constexpr double kTimescales[] = {10, 30, 100, 300, 1000};

TEST(Timescale, MemoriesAreThoseOfTheReference) {
  for (const Golden& golden : kGolden)
    for (std::size_t i = 0; i < golden.memories.size(); ++i) {
      const Drift drift{golden.kind, kTimescales[i], golden.amplitude, golden.kurtosis};
      const MatchedRho matched = rho_for(drift);
      EXPECT_NEAR(matched.memory / golden.memories[i], 1, 4e-3)
          << static_cast<int>(golden.kind) << " A " << golden.amplitude << " T " << kTimescales[i];
      EXPECT_EQ(matched.trackable, golden.memories[i] < 3000);
    }
}

TEST(Timescale, CostsAreThoseOfTheReference) {
  constexpr double kMemories[] = {1, 4, 20, 300};
  constexpr double kCosts[][4] = {
      {1.839199932823093, 0.6526974584496946, 1.6347551003560938, 2.637552671333979},
      {2.0161817527207537, 1.2063531928204054, 2.291269572273312, 4.834115528596412},
      {1.8915761704468554, 0.7664595693127707, 1.0088978647904856, 3.97629510363099},
      {1.839199932823093, 0.5674500739242297, 0.2586792165876404, 4.268672820764269}};
  for (const DriftKind kind : kKinds)
    for (int i = 0; i < 4; ++i) {
      const double expected = kCosts[static_cast<int>(kind)][i];
      EXPECT_NEAR(tracking_cost({kind, 100, 2.3, 15}, kMemories[i]) / expected, 1, 1e-3);
    }
}

TEST(Timescale, NoMemoryNearbyTracksBetter) {
  for (const DriftKind kind : kKinds) {
    const Drift drift{kind, 70, 1.7, 5};
    const double best = rho_for(drift).memory, least = tracking_cost(drift, best);
    EXPECT_LT(least, tracking_cost(drift, 1.0005 * best));
    EXPECT_LT(least, tracking_cost(drift, best / 1.0005));
  }
}

TEST(Timescale, LongTimescalesFollowThePowerLaws) {
  constexpr double kT = 20000, kA = 2.3;
  const auto memory = [&](DriftKind kind) { return rho_for({kind, kT, kA}).memory; };
  EXPECT_NEAR(memory(DriftKind::sine) / (0.294 * std::pow(kT / kA, 2.0 / 3)), 1, 0.01);
  EXPECT_NEAR(memory(DriftKind::growth) / (0.794 * std::pow(kT / kA, 2.0 / 3)), 1, 0.04);
  EXPECT_NEAR(memory(DriftKind::ou) / (std::sqrt(kT) / kA), 1, 0.04);
}

TEST(Timescale, ASmallSwitchNeedsTheMemoryOfItsSmallJumpLimit) {
  EXPECT_NEAR(rho_for({DriftKind::telegraph, 1e5, 0.2}).memory / (std::sqrt(2e5) / 0.4), 1, 0.04);
}

TEST(Timescale, RhoAndHalfLifeBelongToTheMemory) {
  const MatchedRho matched = rho_for({DriftKind::ou, 100, 1});
  EXPECT_DOUBLE_EQ(matched.rho, rho_of_memory(matched.memory));
  EXPECT_DOUBLE_EQ(matched.half_life, half_life_of_rho(matched.rho));
}

TEST(Timescale, WithoutDriftTheLongestMemoryIsBest) {
  for (const DriftKind kind : kKinds) {
    const MatchedRho matched = rho_for({kind, 100, 0});
    EXPECT_FALSE(matched.trackable);
    EXPECT_DOUBLE_EQ(matched.rho, 1 - 1 / 3000.0);
  }
}

TEST(Timescale, ExtremesGiveARhoInRange) {
  for (const DriftKind kind : kKinds)
    for (const double timescale : {1e-300, 1.0, 1e300})
      for (const double amplitude : {1e-300, 1e3, 1e300})
        for (const double kurtosis : {1.0001, 1e300}) {
          const MatchedRho matched = rho_for({kind, timescale, amplitude, kurtosis});
          EXPECT_TRUE(matched.rho > 0 && matched.rho < 1) << matched.rho;
        }
}

TEST(Timescale, WrongDriftsAreRefused) {
  for (const double bad : {0.0, -1.0, kNaN, kInfinity})
    EXPECT_THROW(rho_for({.timescale = bad}), core::UsageError);
  for (const double bad : {-0.1, kNaN, kInfinity})
    EXPECT_THROW(rho_for({.amplitude = bad}), core::UsageError);
  for (const double bad : {1.0, 0.0, kNaN, kInfinity})
    EXPECT_THROW(rho_for({.kurtosis = bad}), core::UsageError);
  for (const double bad : {0.99, kNaN, kInfinity}) EXPECT_THROW(tracking_cost({}, bad), core::UsageError);
}

}  // namespace
}  // namespace rhoam::optim
