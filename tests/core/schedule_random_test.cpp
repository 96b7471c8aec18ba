#include "rhoam/core/schedule.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/tests/core/schedules.h"

namespace rhoam::core {
namespace {

using test::at;

constexpr const char* kRandom[] = {"telegraph:dwell=7.5,amplitude=2.3", "ou:tau=20,amplitude=1.5",
                                   "walk:scale=0.1,every=3"};

TEST(RandomSchedule, RandomPathsDoNotDependOnHowOftenTheyAreAsked) {
  for (const auto* text : kRandom) {
    auto often = parse_schedule(text, {.seed = 4}), rarely = often;
    for (int step = 0; step <= 3000; ++step) at(often, step);
    EXPECT_EQ(at(often, 3000), at(rarely, 3000)) << text;
  }
}

TEST(RandomSchedule, RandomPathsGoOnAfterSaveAndLoad) {
  for (const auto* text : kRandom) {
    auto schedule = parse_schedule(text, {.seed = 4}), restored = parse_schedule(text, {.seed = 5});
    at(schedule, 100);
    Tensors tensors;
    schedule.save(tensors, "drift/0");
    restored.load(tensors, "drift/0");
    for (int step = 100; step < 400; ++step) ASSERT_EQ(at(restored, step), at(schedule, step)) << text;
  }
}

TEST(RandomSchedule, HostileStateIsRejected) {
  auto schedule = parse_schedule("ou:tau=20,amplitude=1");
  Tensors tensors;
  tensors.put("x/stream", std::vector<std::uint64_t>(4, 1));
  tensors.put("x/path", std::vector<double>{0, -INFINITY, 1});
  EXPECT_THROW(schedule.load(tensors, "x"), CorruptError);
  EXPECT_THROW(schedule.load(Tensors{}, "x"), CorruptError);
}

TEST(RandomSchedule, ALevelThatItCannotHaveIsRejected) {
  auto schedule = parse_schedule("telegraph:dwell=20,low=0.9,high=0.99");
  Tensors tensors;
  tensors.put("x/stream", std::vector<std::uint64_t>(4, 1));
  tensors.put("x/path", std::vector<double>{5, 10, 1});
  EXPECT_THROW(schedule.load(tensors, "x"), CorruptError);
}

TEST(RandomSchedule, AnEventBeyondAllNumbersIsSavedAndLoaded) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {  // one in six draws is above 1.8 dwells
    auto schedule = parse_schedule("telegraph:dwell=1e308", {.seed = seed});
    const double level = at(schedule, 1);
    Tensors tensors;
    schedule.save(tensors, "x");
    schedule.load(tensors, "x");
    EXPECT_EQ(at(schedule, 1e9), level) << seed;
  }
}

TEST(RandomSchedule, AClockThatNoTrainingReachesIsRefusedInsteadOfWaitedFor) {
  for (const char* text :
       {"telegraph:dwell=1updates", "ou:tau=9updates,amplitude=1", "walk:scale=1,every=1updates"}) {
    auto schedule = parse_schedule(text);
    EXPECT_THROW(schedule.at({.updates = std::int64_t{1} << 52}), CorruptError) << text;
  }
  auto slow = parse_schedule("telegraph:dwell=1e12");
  EXPECT_NO_THROW(slow.at({.steps = std::int64_t{1} << 52}));
}

TEST(RandomSchedule, SeedAndIndexGiveDifferentPaths) {
  auto path = [](std::uint64_t seed, std::uint64_t index) {
    auto schedule = parse_schedule("ou:tau=20,amplitude=1", {.seed = seed, .index = index});
    return at(schedule, 10);
  };
  EXPECT_NE(path(1, 0), path(2, 0));
  EXPECT_NE(path(1, 0), path(1, 1));
  EXPECT_EQ(path(1, 1), path(1, 1));
}

TEST(RandomSchedule, TelegraphSwitchesAtItsMeanRate) {
  auto schedule = parse_schedule("telegraph:dwell=50,low=-1,high=4", {.seed = 9});
  const int steps = 500000;
  int switches = 0, high = 0;
  double last = at(schedule, 0);
  for (int step = 1; step < steps; ++step) {
    const double now = at(schedule, step);
    switches += now != last;
    high += now == 4;
    last = now;
  }
  // 10,000 events of which pairs within one step cancel (about 1%); four standard deviations are 400.
  EXPECT_NEAR(switches, 9900, 400);
  EXPECT_NEAR(high / double{steps}, 0.5, 0.03);
}

TEST(RandomSchedule, OuHasItsStationaryMoments) {
  auto schedule = parse_schedule("ou:tau=20,amplitude=1.5,center=3", {.seed = 2});
  const int steps = 400000;
  double sum = 0, squares = 0, lagged = 0, before = 3;
  for (int step = 0; step < steps; ++step) {
    const double x = at(schedule, step) - 3;
    sum += x, squares += x * x, lagged += x * before;
    before = x;
  }
  EXPECT_NEAR(sum / steps, 0, 0.06);
  EXPECT_NEAR(squares / steps, 2.25, 0.15);
  EXPECT_NEAR(lagged / squares, std::exp(-1 / 20.0), 0.003);
}

/// The step of the first switch of a square whose first switch is drawn.
int first_switch(std::uint64_t seed) {
  auto schedule = parse_schedule("square:dwell=100,first=random", {.seed = seed});
  int step = 0;
  while (at(schedule, step) == 0) ++step;
  EXPECT_EQ(at(schedule, step + 99), 1);  // from then on exactly every dwell
  EXPECT_EQ(at(schedule, step + 100), 0);
  return step;
}

TEST(RandomSchedule, ASquareMayDrawItsFirstSwitch) {
  const int n = 4000;
  double sum = 0, late = 0;
  for (int seed = 0; seed < n; ++seed) {
    const int step = first_switch(static_cast<std::uint64_t>(seed));
    sum += step, late += step > 200;
  }
  EXPECT_NEAR(sum / n, 100.5, 6.4);  // exponential, rounded up: four standard errors
  EXPECT_NEAR(late / n, std::exp(-2), 0.022);
}

}  // namespace
}  // namespace rhoam::core
