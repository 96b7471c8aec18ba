#include "rhoam/compare/oracle.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "rhoam/core/errors.h"
#include "rhoam/tests/apps/process.h"

namespace rhoam::compare {
namespace {

/// CartPole whose actions are swapped, and what is to be had before and after.
struct Flips {
  explicit Flips(const std::string& drift_csv) : file(folder / "drift.csv") {
    scenario.options = {{"drift", {"action-flip:square:dwell=100", "advantage-scale:square:dwell=7"}}};
    scenario.regimes = regimes_of(drifts_of(scenario));
    std::ofstream(file) << drift_csv;
  }
  double mean(double steps) const { return oracle_return(scenario, levels, file, steps); }

  tests::TemporaryDirectory folder;
  Scenario scenario;
  std::vector<double> levels{200, 100};  // of action-flip 0 and 1
  std::filesystem::path file;
};

TEST(OracleReturn, WeighsRegimesByTheirTime) {
  const Flips flips("time/total_timesteps,action-flip,advantage-scale\n0,0,1\n60,1,1\n90,0,1\n");
  EXPECT_DOUBLE_EQ(flips.mean(120), (200.0 * 60 + 100 * 30 + 200 * 30) / 120);
}

TEST(OracleReturn, AnUnknownRegimeHasNone) {
  EXPECT_TRUE(std::isnan(Flips("time/total_timesteps,action-flip\n0,0.5\n").mean(10)));
}

TEST(OracleReturn, DamagedLogsAreRefused) {
  EXPECT_THROW(Flips("time/total_timesteps\n0\n").mean(10), core::CorruptError);
  EXPECT_THROW(Flips("action-flip\n0\n").mean(10), core::CorruptError);
  const Flips flips("");
  EXPECT_THROW(oracle_return(flips.scenario, flips.levels, flips.folder / "none", 10), core::CorruptError);
}

TEST(RegimesOf, AreTheCombinationsOfWhatJumps) {
  const std::vector<std::string> drifts{"action-flip:square:dwell=100",
                                        "gravity:square:low=-10,high=-4,dwell=50",
                                        "length:sine:low=1,high=2,period=9", "reward-scale:square:dwell=3"};
  const auto regimes = regimes_of(drifts);
  ASSERT_EQ(regimes.size(), 4U);
  EXPECT_EQ(regimes[1].name, "action-flip=0, gravity=-4");
  EXPECT_EQ(regimes[1].values, (std::vector<double>{0, -4}));
}

TEST(RegimesOf, RefusesMoreThanAreWorthTraining) {
  std::vector<std::string> drifts;
  for (const char* param : {"a", "b", "c", "d", "e"})
    drifts.push_back(std::string(param) + ":square:low=1,high=2,dwell=9");
  EXPECT_THROW(regimes_of(drifts), core::UsageError);
}

TEST(Within, TheWorldStandsStillWhereItJumped) {
  const Regime regime{"action-flip=1", {1}};
  const auto options = within(regime, {{"drift", {"action-flip:square:dwell=100"}}, {"gamma", {"0.9"}}});
  EXPECT_EQ(core::to_config(options), "drift = \ngamma = 0.9\nparam = action-flip=1\n");
}

}  // namespace
}  // namespace rhoam::compare
