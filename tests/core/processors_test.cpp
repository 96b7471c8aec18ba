#include "rhoam/core/processors.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

namespace rhoam::core {
namespace {

namespace fs = std::filesystem;

/// A root directory that is removed at the end of the test.
class CpuQuota : public testing::Test {
 protected:
  void SetUp() override { fs::remove_all(root); }
  void TearDown() override { fs::remove_all(root); }
  void write(const std::string& file, const std::string& text) const {
    fs::create_directories((root / file).parent_path());
    std::ofstream(root / file) << text << '\n';
  }
  /// Mounts version 2 with this process in `group`.
  void version_2(const std::string& group) const {
    write("proc/self/cgroup", "0::" + group);
    write("proc/self/mountinfo",
          "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate");
  }
  /// Mounts `seen` of version 1 with this process in `group`.
  void version_1(const std::string& seen, const std::string& group) const {
    write("proc/self/cgroup", "5:memory:/elsewhere\n4:cpu,cpuacct:" + group + "\n0::/");
    write("proc/self/mountinfo",
          "31 23 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
          "32 23 0:28 " +
              seen + " /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct");
  }
  const fs::path root = fs::path(testing::TempDir()) / "cpu_quota";
};

TEST_F(CpuQuota, IsNothingWithoutControlGroups) { EXPECT_EQ(cpu_quota(root), std::nullopt); }

TEST_F(CpuQuota, OfVersion2IsTheSmallestOnTheWayToTheGroup) {
  version_2("/user.slice/job");
  write("sys/fs/cgroup/user.slice/cpu.max", "150000 100000");
  write("sys/fs/cgroup/user.slice/job/cpu.max", "400000 100000");
  EXPECT_EQ(cpu_quota(root), 1.5);
}

TEST_F(CpuQuota, OfAContainerIsAtTheRootOfItsMount) {
  version_2("/");
  write("sys/fs/cgroup/cpu.max", "50000 100000");
  EXPECT_EQ(cpu_quota(root), 0.5);
}

TEST_F(CpuQuota, MaxIsNone) {
  version_2("/job");
  write("sys/fs/cgroup/job/cpu.max", "max 100000");
  EXPECT_EQ(cpu_quota(root), std::nullopt);
}

TEST_F(CpuQuota, OfVersion1IsThatOfTheCpuController) {
  version_1("/", "/batch/job");
  write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1");
  write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000");
  write("sys/fs/cgroup/cpu,cpuacct/batch/job/cpu.cfs_quota_us", "300000");
  write("sys/fs/cgroup/cpu,cpuacct/batch/job/cpu.cfs_period_us", "100000");
  EXPECT_EQ(cpu_quota(root), 3.0);
}

TEST_F(CpuQuota, OfAVersion1ContainerIsAtTheRootOfItsMount) {
  version_1("/docker/4711", "/docker/4711");
  write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "200000");
  write("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000");
  EXPECT_EQ(cpu_quota(root), 2.0);
}

TEST_F(CpuQuota, OfAGroupThatIsNotSeenIsThatOfTheMount) {
  version_2("/../../outside");
  write("sys/fs/cgroup/cpu.max", "200000 100000");
  EXPECT_EQ(cpu_quota(root), 2.0);
}

TEST_F(CpuQuota, IgnoresWhatIsNotANumber) {
  version_2("/");
  write("sys/fs/cgroup/cpu.max", "lots 0");
  EXPECT_EQ(cpu_quota(root), std::nullopt);
}

TEST(UsableProcessors, AreThoseOfTheAffinityMask) {
  int usable = 0;
  std::thread([&] {  // the mask belongs to this thread alone
    cpu_set_t mask, one;
    ASSERT_EQ(::sched_getaffinity(0, sizeof(mask), &mask), 0);
    int first = 0;
    while (!CPU_ISSET(first, &mask)) ++first;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    ASSERT_EQ(::sched_setaffinity(0, sizeof(one), &one), 0);
    usable = usable_processors();
  })
      .join();
  EXPECT_EQ(usable, 1);
}

}  // namespace
}  // namespace rhoam::core
