#include "rhoam/compare/shard.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "rhoam/core/errors.h"

namespace rhoam::compare {
namespace {

/// Sets environment variables for the time of a test.
class Launched {
 public:
  explicit Launched(std::map<std::string, std::string> variables) : variables_(std::move(variables)) {
    for (const auto& [name, value] : variables_) setenv(name.c_str(), value.c_str(), 1);
  }
  ~Launched() {
    for (const auto& [name, value] : variables_) unsetenv(name.c_str());
  }
  Launched(const Launched&) = delete;
  Launched& operator=(const Launched&) = delete;

 private:
  std::map<std::string, std::string> variables_;
};

void expect_shard(const Shard& shard, int index, int count) {
  EXPECT_EQ(shard.index, index);
  EXPECT_EQ(shard.count, count);
}

TEST(Shard, CountsFromZeroOrToN) {
  expect_shard(parse_shard("0/4"), 0, 4);
  expect_shard(parse_shard("3/4"), 3, 4);
  expect_shard(parse_shard("4/4"), 0, 4);
}

TEST(Shard, OfWhichThereIsNoneIsRefused) {
  for (const char* text : {"5/4", "-1/4", "1", "1/0", "a/b", "1/2/3", "", "1/1e9"})
    EXPECT_THROW(parse_shard(text), core::UsageError) << text;
}

TEST(Shard, EveryCellBelongsToExactlyOne) {
  for (std::size_t cell = 0; cell < 10; ++cell) {
    int owners = 0;
    for (int index = 0; index < 3; ++index) owners += Shard{index, 3}.mine(cell);
    EXPECT_EQ(owners, 1);
  }
}

TEST(FindShard, IsTheWholeWithoutALauncher) { expect_shard(find_shard(""), 0, 1); }

TEST(FindShard, FollowsTorchrun) {
  const Launched launched({{"RANK", "2"}, {"WORLD_SIZE", "8"}});
  expect_shard(find_shard(""), 2, 8);
}

TEST(FindShard, FollowsMpirun) {
  const Launched launched({{"OMPI_COMM_WORLD_RANK", "1"}, {"OMPI_COMM_WORLD_SIZE", "2"}});
  expect_shard(find_shard(""), 1, 2);
}

TEST(FindShard, FollowsASlurmArrayWhereverItBegins) {
  const Launched launched(
      {{"SLURM_ARRAY_TASK_ID", "4"}, {"SLURM_ARRAY_TASK_COUNT", "4"}, {"SLURM_ARRAY_TASK_MIN", "1"}});
  expect_shard(find_shard(""), 3, 4);
}

TEST(FindShard, FollowsASlurmArrayWithSteps) {
  const Launched launched({{"SLURM_ARRAY_TASK_ID", "7"},
                           {"SLURM_ARRAY_TASK_COUNT", "4"},
                           {"SLURM_ARRAY_TASK_MIN", "1"},
                           {"SLURM_ARRAY_TASK_STEP", "2"}});
  expect_shard(find_shard(""), 3, 4);
}

TEST(FindShard, IsTheWholeInABatchScriptOfManyTasks) {
  const Launched launched({{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "4"}});
  expect_shard(find_shard(""), 0, 1);
}

TEST(FindShard, FollowsSrun) {
  const Launched launched({{"SLURM_PROCID", "1"}, {"SLURM_STEP_NUM_TASKS", "4"}});
  expect_shard(find_shard(""), 1, 4);
}

TEST(FindShard, RefusesWhatALauncherCannotMean) {
  const Launched launched({{"RANK", "8"}, {"WORLD_SIZE", "8"}});
  EXPECT_THROW(find_shard(""), core::UsageError);
}

TEST(FindShard, RefusesAContradiction) {
  const Launched launched({{"RANK", "0"}, {"WORLD_SIZE", "2"}});
  EXPECT_THROW(find_shard("1/2"), core::UsageError);
  expect_shard(find_shard("0/2"), 0, 2);
}

}  // namespace
}  // namespace rhoam::compare
