#include "rhoam/training/run_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/tests/core/file_size_limit.h"
#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::training {
namespace {

namespace fs = std::filesystem;
using test::error_of;
using testing::HasSubstr;

// Every test works in an empty folder of its own.
class RunDirectoryTest : public testing::Test {
 protected:
  void SetUp() override { fs::current_path(folder_.path()); }
  void TearDown() override { fs::current_path(before_); }

 private:
  fs::path before_ = fs::current_path();
  test::ScratchFolder folder_;
};

core::Tensors with(double value) {
  core::Tensors tensors;
  tensors.put("x", std::vector<double>{value});
  return tensors;
}

double read(const fs::path& path) {
  double value = 0;
  core::read_safetensors(path).get("x", std::span(&value, 1));
  return value;
}

TEST_F(RunDirectoryTest, OutBecomesTheRun) {
  EXPECT_EQ(RunDirectory::create("a/b", "CartPole-v1", "ppo").path(), "a/b");
  EXPECT_TRUE(fs::is_directory("a/b"));
  EXPECT_FALSE(fs::exists("runs"));
}

TEST_F(RunDirectoryTest, UsedOutNamesResume) {
  fs::create_directory("a");
  std::ofstream("a/config.ini") << "x";
  const auto error = error_of<core::UsageError>([] { RunDirectory::create("a", "CartPole-v1", "ppo"); });
  EXPECT_EQ(error, "'a' is not empty; --resume a goes on with the run in it");
  EXPECT_FALSE(fs::exists("a/checkpoints"));
}

TEST_F(RunDirectoryTest, EmptyOutIsUsed) {
  fs::create_directory("a");
  EXPECT_EQ(RunDirectory::create("a", "CartPole-v1", "ppo").path(), "a");
}

TEST_F(RunDirectoryTest, AStartThatWasKilledAtOnceMayBeMadeAgain) {
  RunDirectory::create("a", "CartPole-v1", "ppo");
  std::ofstream("a/config.ini.tmp") << "half";
  EXPECT_EQ(RunDirectory::create("a", "CartPole-v1", "ppo").path(), "a");
  std::ofstream("a/manifest.json") << "{}";
  EXPECT_EQ(RunDirectory::create("a", "CartPole-v1", "ppo").path(), "a");
  fs::create_directory("a/checkpoints");
  std::ofstream("a/checkpoints/0.safetensors") << "x";
  EXPECT_THROW(RunDirectory::create("a", "CartPole-v1", "ppo"), core::UsageError);
}

TEST_F(RunDirectoryTest, FileAsOutIsAUsageError) {
  std::ofstream("a") << "x";
  EXPECT_THROW(RunDirectory::create("a", "CartPole-v1", "ppo"), core::UsageError);
}

TEST_F(RunDirectoryTest, UncreatableOutIsAnIoError) {
  EXPECT_THROW(RunDirectory::create("/proc/a", "CartPole-v1", "ppo"), core::IoError);
}

TEST_F(RunDirectoryTest, TwoRunsOfOneSecondDiffer) {
  const auto first = RunDirectory::create("", "CartPole-v1", "ppo");
  const auto second = RunDirectory::create("", "CartPole-v1", "ppo");
  EXPECT_NE(first.path(), second.path());
  EXPECT_EQ(first.path().parent_path(), "runs/CartPole-v1/ppo");
}

TEST_F(RunDirectoryTest, LatestIsTheNewestRun) {
  EXPECT_EQ(RunDirectory::create("", "CartPole-v1", "ppo").make_latest(), "");
  const auto newest = RunDirectory::create("", "LunarLander-v3", "a2c");
  EXPECT_EQ(newest.make_latest(), "");
  core::write_file_atomically(newest.config(), "");
  for (const char* name : {"latest", "runs/latest"})
    EXPECT_EQ(RunDirectory::open(name).path(), newest.path());
  EXPECT_EQ(std::distance(fs::directory_iterator("runs"), {}), 3);
}

TEST_F(RunDirectoryTest, AFileNamedLatestNamesTheRun) {
  const auto newest = RunDirectory::create("", "LunarLander-v3", "a2c");
  core::write_file_atomically(newest.config(), "");
  std::ofstream("runs/latest") << newest.path().lexically_relative("runs").string() << "\n";
  for (const char* name : {"latest", "runs/latest"})
    EXPECT_EQ(RunDirectory::open(name).path(), newest.path());
}

TEST_F(RunDirectoryTest, AFolderNamedLatestStaysAndIsSaid) {
  fs::create_directories("runs/latest");
  std::ofstream("runs/latest/mine") << "x";
  EXPECT_THAT(RunDirectory::create("", "CartPole-v1", "ppo").make_latest(), HasSubstr("runs/latest"));
  EXPECT_TRUE(fs::exists("runs/latest/mine"));
  EXPECT_EQ(std::distance(fs::directory_iterator("runs"), {}), 2);
}

TEST_F(RunDirectoryTest, AFailedStartLeavesNoFolder) {
  fs::create_directory("mine");
  const auto run = RunDirectory::create("mine/a/b", "CartPole-v1", "ppo");
  {
    const test::FileSizeLimit limit(10);
    EXPECT_THROW(run.begin("a longer text", 1), core::IoError);
  }
  EXPECT_TRUE(fs::is_empty("mine"));
  EXPECT_THROW(RunDirectory::create("mine/a/" + std::string(300, 'x'), "CartPole-v1", "ppo"), core::IoError);
  EXPECT_TRUE(fs::is_empty("mine"));
}

TEST_F(RunDirectoryTest, TheNewestNumberedCheckpointsStay) {
  const auto run = RunDirectory::create("a", "CartPole-v1", "ppo");
  run.save_best(with(1));
  for (const int steps : {0, 5, 10, 100}) run.save(steps, with(steps));
  run.save(20, with(20), 2);  // resumed from an earlier one: 100 is of another future
  std::vector<std::int64_t> left;
  for (const auto& [steps, file] : numbered_checkpoints("a")) left.push_back(steps);
  EXPECT_EQ(left, (std::vector<std::int64_t>{10, 20, 100}));
  EXPECT_EQ(read(run.last()), 20);
  EXPECT_EQ(read(run.best()), 1);
}

TEST_F(RunDirectoryTest, OnlyCanonicalNumbersOfFilesCount) {
  fs::create_directories("a/checkpoints/7.safetensors");
  for (const char* name : {"8", "08", "1e1", "9.safetensors"})
    std::ofstream("a/checkpoints/" + std::string(name) + ".safetensors") << "x";
  EXPECT_EQ(numbered_checkpoints("a").size(), 1U);
}

TEST_F(RunDirectoryTest, MissingRunIsAUsageError) {
  for (const char* name : {"latest", "runs/latest", "nothing", ""}) {
    EXPECT_THAT(error_of<core::UsageError>([&] { RunDirectory::open(name); }),
                HasSubstr("there is no run at"));
  }
}

TEST_F(RunDirectoryTest, LastAndBestAreFilesOfTheirOwn) {
  const auto run = RunDirectory::create("a", "CartPole-v1", "ppo");
  run.save_best(with(1));
  run.save(200, with(2));
  EXPECT_EQ(read(run.best()), 1);
  EXPECT_EQ(read(run.last()), 2);
  EXPECT_EQ(read(run.checkpoint(200)), 2);
  EXPECT_EQ(fs::hard_link_count(run.last()), 1U);  // so that cp over one leaves the other as it is
  EXPECT_EQ(fs::hard_link_count(run.checkpoint(200)), 1U);
  run.save(300, with(3));
  EXPECT_EQ(read(run.checkpoint(200)), 2);
}

TEST_F(RunDirectoryTest, ManifestTellsWhatMadeTheRun) {
  const auto run = RunDirectory::create("a", "CartPole-v1", "ppo");
  EXPECT_EQ(run.from(), "");
  run.write_manifest(2, "runs/other");
  EXPECT_EQ(run.from(), "runs/other");
  const auto manifest = nlohmann::json::parse(core::read_file(run.manifest()));
  EXPECT_EQ(manifest["threads"], 2);
  EXPECT_EQ(manifest["version"], "0.1.0");
  for (const char* key : {"git_hash", "compiler", "cpu", "time"}) EXPECT_NE(manifest[key], "") << key;
}

}  // namespace
}  // namespace rhoam::training
