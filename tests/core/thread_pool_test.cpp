#include "rhoam/core/thread_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

#include "rhoam/core/processors.h"

namespace rhoam::core {
namespace {

class Pool : public testing::TestWithParam<int> {};

TEST_P(Pool, RunsEveryIndexOnceInEveryOfManyLoops) {
  ThreadPool pool(ThreadPool::Exactly{GetParam()});
  std::vector<int> hits(37);
  for (int loop = 0; loop < 3000; ++loop) pool.run(37, [&](int i) { ++hits[i]; });
  for (const int count : hits) EXPECT_EQ(count, 3000);
}

TEST_P(Pool, LoopsOfEverOtherLengthsRunEveryIndexOnce) {
  ThreadPool pool(ThreadPool::Exactly{GetParam()});
  for (int loop = 0; loop < 20000; ++loop) {
    std::array<int, 40> hits{};
    const int count = 2 + loop * 7 % 39;
    pool.run(count, [&](int i) { ++hits[static_cast<std::size_t>(i)]; });
    ASSERT_EQ(std::count(hits.begin(), hits.end(), 1), count) << loop;
  }
}

TEST_P(Pool, RethrowsWhatATaskThrowsAndStaysUsable) {
  ThreadPool pool(ThreadPool::Exactly{GetParam()});
  EXPECT_THROW(pool.run(8,
                        [](int i) {
                          if (i == 5) throw std::runtime_error("five");
                        }),
               std::runtime_error);
  int sum = 0;
  pool.run(1, [&](int) { sum = 1; });
  EXPECT_EQ(sum, 1);
}

TEST_P(Pool, AnEmptyLoopReturns) {
  ThreadPool pool(ThreadPool::Exactly{GetParam()});
  pool.run(0, [](int) { FAIL(); });
}

INSTANTIATE_TEST_SUITE_P(Threads, Pool, testing::Values(1, 2, 5));

TEST(ThreadPool, CountsItsCaller) { EXPECT_EQ(ThreadPool(ThreadPool::Exactly{3}).size(), 3); }

TEST(ThreadPool, HasNoMoreThreadsThanTheProcessHasProcessors) {
  EXPECT_EQ(ThreadPool(1000).size(), usable_processors());
  EXPECT_EQ(ThreadPool(0).size(), usable_processors());
  EXPECT_EQ(ThreadPool(1).size(), 1);
}

}  // namespace
}  // namespace rhoam::core
