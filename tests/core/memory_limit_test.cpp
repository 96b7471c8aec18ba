#include "rhoam/core/memory_limit.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

#include "rhoam/tests/core/scratch_folder.h"

#ifndef __has_feature
#define __has_feature(x) 0
#endif

namespace rhoam::core {
namespace {

// A sanitizer reserves more addresses than the limit of the test.
constexpr bool kSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);

TEST(MemoryLimit, IsNoMoreThanTheMachineHas) {
  EXPECT_GT(memory_limit(), std::uint64_t{1} << 24);
  EXPECT_LE(memory_limit(), static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
                                static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)));
}

TEST(MemoryLimit, FollowsTheLimitOfTheProcess) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_AS, &before), 0);
  constexpr rlim_t kSmall = rlim_t{1} << 27;
  const rlimit less{.rlim_cur = kSmall, .rlim_max = before.rlim_max};
  if (kSanitized || setrlimit(RLIMIT_AS, &less) != 0) GTEST_SKIP() << "the limit cannot be set here";
  const auto limit = memory_limit();
  setrlimit(RLIMIT_AS, &before);
  EXPECT_EQ(limit, kSmall);
}

/// The least limit of a job whose controllers are mounted together, in version 1.
TEST(MemoryLimit, FollowsTheControlGroup) {
  const test::ScratchFolder root;
  const auto write = [&](const std::string& file, const std::string& text) {
    std::filesystem::create_directories((root.path() / file).parent_path());
    std::ofstream(root.path() / file) << text << '\n';
  };
  write("proc/self/cgroup", "9:hugetlb,memory:/batch/job\n1:name=systemd:/\n");
  write("proc/self/mountinfo",
        "31 23 0:27 / /sys/fs/cgroup/hugetlb,memory rw - cgroup cgroup rw,hugetlb,memory");
  const std::string mount = "sys/fs/cgroup/hugetlb,memory/";
  write(mount + "memory.limit_in_bytes", "9223372036854771712");
  write(mount + "batch/memory.limit_in_bytes", "20000000");
  write(mount + "batch/job/memory.limit_in_bytes", "30000000");
  EXPECT_EQ(memory_limit(root.path()), 20000000U);
  write("proc/self/cgroup", "0::/job");
  write("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw");
  write("sys/fs/cgroup/job/memory.max", "10000000");
  EXPECT_EQ(memory_limit(root.path()), 10000000U);
}

}  // namespace
}  // namespace rhoam::core
