#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/tests/watch/log_folder.h"
#include "rhoam/watch/run_log.h"

namespace rhoam::watch {
namespace {

Thinned counting(int count) {
  Thinned column;
  for (int i = 0; i < count; ++i) column.add(i, 2 * i);
  return column;
}

TEST(Thinned, FewAreAllKept) {
  const auto column = counting(100);
  EXPECT_EQ(column.x().size(), 100u);
  EXPECT_EQ(column.at(63), 126);
}

TEST(Thinned, ManyAreLimited) {
  for (const int count : {4000, 4001, 4002, 7999, 8001, 100'000})
    EXPECT_LE(counting(count).x().size(), Thinned::kMost) << count;
}

TEST(Thinned, TheFirstAndTheNewestAreKept) {
  for (const int count : {1, 2, 4000, 4001, 4002, 8001, 100'000, 100'003}) {
    const auto column = counting(count);
    EXPECT_EQ(column.x().front(), 0);
    EXPECT_EQ(column.x().back(), count - 1);
    EXPECT_EQ(column.y().back(), 2 * (count - 1));
  }
}

TEST(Thinned, WhatIsKeptLiesEvenly) {
  const auto column = counting(100'000);
  const double distance = column.x()[1];
  int astray = 0;
  for (std::size_t i = 0; i + 1 < column.x().size(); ++i)
    astray += column.x()[i] != distance * static_cast<double>(i);
  EXPECT_EQ(astray, 0);
  EXPECT_GT(column.x().size(), Thinned::kMost / 2 - 1);
}

TEST(Thinned, APlaceBetweenHasNoValue) {
  EXPECT_TRUE(std::isnan(counting(3).at(0.5)));
  EXPECT_TRUE(std::isnan(counting(3).at(3)));
  EXPECT_TRUE(std::isnan(Thinned{}.at(0)));
}

}  // namespace

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
