#include "core/memory_limit.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

namespace rhoam::core {
namespace {

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
  if (setrlimit(RLIMIT_AS, &less) != 0) GTEST_SKIP() << "the limit cannot be set here";
  const auto limit = memory_limit();
  setrlimit(RLIMIT_AS, &before);
  EXPECT_EQ(limit, kSmall);
}

}  // namespace
}  // namespace rhoam::core
