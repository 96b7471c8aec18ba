#include "apps/watch/run_log.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/apps/watch/log_folder.h"

namespace rhoam::watch {
namespace {

using Values = std::vector<double>;

constexpr const char* kHeader = "time/total_timesteps,return\n";

/// A log whose metrics.csv has these lines, after one refresh.
struct Written {
  LogFolder folder;
  RunLog log{folder.path()};

  explicit Written(const std::string& lines) {
    folder.append(kHeader + lines);
    log.refresh();
  }
  const Values& steps() const { return log.column("return").x(); }
  const Values& returns() const { return log.column("return").y(); }
};

TEST(RunLog, ReadsTheColumnsOverTheSteps) {
  const Written run("128,1.5\n256,-2\n");
  EXPECT_EQ(run.steps(), (Values{128, 256}));
  EXPECT_EQ(run.returns(), (Values{1.5, -2}));
}

TEST(RunLog, ReadsWhatIsNewAndNothingElse) {
  Written run("128,1\n");
  EXPECT_FALSE(run.log.refresh());
  run.folder.append("256,2\n");
  EXPECT_TRUE(run.log.refresh());
  EXPECT_EQ(run.returns(), (Values{1, 2}));
}

TEST(RunLog, WaitsForTheEndOfALine) {
  Written run("128,1\n256,2");
  EXPECT_EQ(run.returns(), (Values{1}));
  run.folder.append("5\n");
  run.log.refresh();
  EXPECT_EQ(run.returns(), (Values{1, 25}));
}

TEST(RunLog, WaitsForTheEndOfTheHeader) {
  LogFolder folder;
  RunLog log(folder.path());
  folder.append("time/total_timesteps,ret");
  log.refresh();
  EXPECT_TRUE(log.names().empty());
  folder.append("urn\n128,1\n");
  log.refresh();
  EXPECT_EQ(log.column("return").y(), (Values{1}));
}

TEST(RunLog, LeavesOutEmptyCells) {
  const Written run("128,\n256,2\n384,\n512,4\n");
  EXPECT_EQ(run.steps(), (Values{256, 512}));
}

TEST(RunLog, SkipsDamagedLines) {
  const Written run("128,1\n\n200,x\n201\n202,1,1\n,5\n203,1e999\n204,nan\n\x01\xff\n100,7\n256,2\n");
  EXPECT_EQ(run.steps(), (Values{128, 256}));
}

TEST(RunLog, ReadsInfinity) {
  const Written run("128,inf\n256,-inf\n");
  EXPECT_EQ(run.returns(), (Values{HUGE_VAL, -HUGE_VAL}));
}

TEST(RunLog, StartsAgainWhereTheFileWasCutBack) {
  Written run("128,1\n256,2\n384,3\n");
  run.folder.replace(std::string(kHeader) + "128,1\n");
  EXPECT_TRUE(run.log.refresh());
  EXPECT_EQ(run.returns(), (Values{1}));
}

TEST(RunLog, SeesThatAFileWasCutBackAndHasGrownSince) {
  Written run("128,1\n256,2\n384,3\n");
  run.folder.replace(std::string(kHeader) + "128,1\n256,4\n384,5\n512,6\n");
  EXPECT_TRUE(run.log.refresh());
  EXPECT_EQ(run.returns(), (Values{1, 4, 5, 6}));
}

TEST(RunLog, TakesOverOtherColumnsOfANewFile) {
  Written run("128,1\n");
  run.folder.replace("time/total_timesteps,loss\n128,7\n");
  run.log.refresh();
  EXPECT_TRUE(run.returns().empty());
  EXPECT_EQ(run.log.column("loss").y(), (Values{7}));
}

TEST(RunLog, KeepsWhatItHasOfARunThatVanishes) {
  Written run("128,1\n");
  std::filesystem::remove_all(run.folder.path());
  EXPECT_TRUE(run.log.refresh());
  EXPECT_TRUE(run.log.gone());
  EXPECT_FALSE(run.log.refresh());
  EXPECT_EQ(run.returns(), (Values{1}));
}

TEST(RunLog, ContinuesWhenARunComesBack) {
  Written run("128,1\n");
  std::filesystem::remove_all(run.folder.path());
  run.log.refresh();
  std::filesystem::create_directory(run.folder.path());
  run.folder.append(std::string(kHeader) + "128,3\n256,4\n");
  EXPECT_TRUE(run.log.refresh());
  EXPECT_FALSE(run.log.gone());
  EXPECT_EQ(run.returns(), (Values{3, 4}));
}

TEST(RunLog, ADirectoryWithoutLogsIsEmpty) {
  LogFolder folder;
  RunLog log(folder.path());
  EXPECT_FALSE(log.refresh());
  EXPECT_FALSE(log.gone());
  EXPECT_TRUE(log.names().empty());
  EXPECT_TRUE(log.changes().empty());
}

TEST(RunLog, WhatIsNoFileIsNotRead) {
  LogFolder folder;
  std::filesystem::create_directory(folder.path() / "metrics.csv");
  RunLog log(folder.path());
  EXPECT_FALSE(log.refresh());
}

TEST(RunLog, ChangesAreTheRowsOfDriftAfterTheStart) {
  LogFolder folder;
  folder.append("time/total_timesteps,gravity\n0,-10\n2000,-4\n4000,-10\n", "drift.csv");
  RunLog log(folder.path());
  EXPECT_TRUE(log.refresh());
  EXPECT_EQ(Values(log.changes().begin(), log.changes().end()), (Values{2000, 4000}));
}

TEST(RunLog, AnyNumberOfColumnsTakesLimitedRoom) {
  LogFolder folder;
  std::string header = CsvTail::kSteps, row = "128";
  for (int i = 0; i < 5000; ++i) header += ",c" + std::to_string(i), row += ",1";
  folder.append(header + "\n" + row + "\n");
  RunLog log(folder.path());
  log.refresh();
  EXPECT_EQ(log.names().size(), CsvTail::kMostColumns);
  EXPECT_EQ(log.column("c0").y(), (Values{1}));
}

}  // namespace
}  // namespace rhoam::watch
