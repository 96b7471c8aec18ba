#include "rhoam/core/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "rhoam/tests/core/schedules.h"

namespace rhoam::core {
namespace {

using test::at;

double at(const std::string& text, std::int64_t step) {
  auto schedule = parse_schedule(text);
  return test::at(schedule, step);
}

TEST(Schedule, BareNumberIsConstant) {
  EXPECT_TRUE(parse_schedule("3e-4").constant());
  EXPECT_EQ(at("3e-4", 1000000), 3e-4);
  EXPECT_EQ(at("constant:value=2", 5), 2);
}

TEST(Schedule, LinearStopsAtItsEnd) {
  EXPECT_EQ(at("linear:from=1,to=3,over=100", 25), 1.5);
  EXPECT_EQ(at("linear:from=1,to=3,over=100", 1000), 3);
}

TEST(Schedule, OverIsTheWholeTrainingWhenNotGiven) {
  auto schedule = parse_schedule("linear:from=1,to=0", {.whole_steps = 200});
  EXPECT_EQ(at(schedule, 50), 0.75);
}

TEST(Schedule, CosineIsHalfWayInTheMiddle) {
  EXPECT_NEAR(at("cosine:from=2,to=0,over=100", 50), 1, 1e-12);
  EXPECT_NEAR(at("cosine:from=2,to=0,over=100", 25), 1 + std::sqrt(0.5), 1e-12);
  EXPECT_EQ(at("cosine:from=2,to=0,over=100", 100), 0);
}

TEST(Schedule, AWarmUpRisesToTheFirstValueAndIsPartOfTheWay) {
  for (const std::string kind : {"linear", "cosine"}) {
    const auto text = kind + ":from=2,to=0,over=120,warmup=20";
    EXPECT_EQ(at(text, 0), 0) << kind;
    EXPECT_EQ(at(text, 5), 0.5) << kind;
    EXPECT_EQ(at(text, 20), 2) << kind;
    EXPECT_NEAR(at(text, 70), 1, 1e-12) << kind;
    EXPECT_EQ(at(text, 120), 0) << kind;
  }
}

TEST(Schedule, ATrainingShorterThanItsWarmUpOnlyRises) {
  auto schedule = parse_schedule("linear:from=4,to=1,warmup=400", {.whole_steps = 100});
  EXPECT_EQ(at(schedule, 100), 1);
  EXPECT_EQ(at(schedule, 400), 1);
}

TEST(Schedule, RestartsBeginEveryPeriodAnew) {
  const auto text = "restarts:from=2,to=0,period=100";
  for (const int begin : {0, 100, 1000000}) {
    EXPECT_EQ(at(text, begin), 2);
    EXPECT_NEAR(at(text, begin + 50), 1, 1e-12);
    EXPECT_LT(at(text, begin + 99), 1e-3);
  }
}

TEST(Schedule, RestartsGrowFurtherApartByTheirFactor) {
  const auto text = "restarts:from=2,to=0,period=100,factor=10,warmup=7";
  EXPECT_NEAR(at(text, 3), 6.0 / 7, 1e-12);
  for (const int begin : {0, 100, 1100, 11100, 111100}) EXPECT_EQ(at(text, begin + 7), 2) << begin;
  for (const int middle : {50, 600, 6100}) EXPECT_NEAR(at(text, middle + 7), 1, 1e-12) << middle;
  for (const int end : {99, 1099, 11099}) EXPECT_LT(at(text, end + 7), 1e-3) << end;
}

TEST(Schedule, RestartsStayFiniteAtExtremes) {
  for (const char* factor : {"1", "1.0000000000000003", "1.000001", "2", "1e9"})
    for (const std::int64_t step : {std::int64_t{1} << 40, std::numeric_limits<std::int64_t>::max()}) {
      const double value = at(std::string("restarts:from=1,to=0,period=1,factor=") + factor, step);
      EXPECT_TRUE(value >= 0 && value <= 1) << factor << " at " << step << ": " << value;
    }
}

TEST(Schedule, PowerDecaysLikeAPowerOfTime) {
  EXPECT_EQ(at("power:from=2,tau=100", 0), 2);
  EXPECT_NEAR(at("power:from=2,tau=100", 300), 1, 1e-12);
  EXPECT_NEAR(at("power:from=0.1,exponent=0.275", 999), 0.1 * std::pow(1000, -0.275), 1e-12);
}

TEST(Schedule, KnotsAreJoinedByStraightLines) {
  const auto text = "knots:at=100/200,values=1/5/2";
  EXPECT_EQ(at(text, 0), 1);
  EXPECT_EQ(at(text, 50), 3);
  EXPECT_EQ(at(text, 100), 5);
  EXPECT_EQ(at(text, 175), 2.75);
  EXPECT_EQ(at(text, 1000), 2);
}

TEST(Schedule, ARuleOfTheProgramIsAskedWithTheClocks) {
  Schedule schedule([](const Clocks& clocks) { return 2.0 * static_cast<double>(clocks.episodes); },
                    {.low = 0});
  EXPECT_FALSE(schedule.constant());
  EXPECT_EQ(schedule.at({.episodes = 3}), 6);
  EXPECT_EQ(schedule.bounds().low, 0);
  schedule.bind({.whole_steps = 10});
  EXPECT_EQ(schedule.at({.episodes = 4}), 8);
  Tensors nothing;
  schedule.save(nothing, "rule");
  EXPECT_TRUE(nothing.all().empty());
}

TEST(Schedule, StepsChangeAtTheirTimes) {
  const auto text = "steps:at=100/200,values=1/2/3";
  EXPECT_EQ(at(text, 99), 1);
  EXPECT_EQ(at(text, 100), 2);
  EXPECT_EQ(at(text, 200), 3);
}

TEST(Schedule, SineSwingsBetweenItsLevels) {
  const auto text = "sine:period=400,low=-11,high=-4";
  EXPECT_EQ(at(text, 0), -7.5);
  EXPECT_NEAR(at(text, 100), -4, 1e-12);
  EXPECT_NEAR(at(text, 300), -11, 1e-12);
}

TEST(Schedule, SineStaysBetweenItsLevels) {
  EXPECT_EQ(at("sine:period=400,low=0.192,high=0.22", 100), 0.22);
  EXPECT_LT(at("sine:period=400,low=0.5665444452663118,high=0.9999999999999999", 100), 1);
  EXPECT_EQ(at("sine:period=400,low=-1.7e308,high=1.7e308", 100), 1.7e308);
  EXPECT_EQ(at("sine:period=400,low=1.7e308,high=1.7e308", 100), 1.7e308);
}

TEST(Schedule, SquareSwitchesEveryDwell) {
  EXPECT_EQ(at("square:dwell=10", 9), 0);
  EXPECT_EQ(at("square:dwell=10", 10), 1);
  EXPECT_EQ(at("square:dwell=10", 20), 0);
  EXPECT_EQ(at("square:dwell=10,first=3,amplitude=2,center=1", 3), 3);
  EXPECT_EQ(at("square:dwell=10,first=3,amplitude=2,center=1", 13), -1);
}

TEST(Schedule, BurstIsHighForItsLength) {
  const auto text = "burst:every=100,length=5,low=1,high=50";
  EXPECT_EQ(at(text, 3), 1);
  EXPECT_EQ(at(text, 104), 50);
  EXPECT_EQ(at(text, 105), 1);
}

TEST(Schedule, GrowthGrowsByEInTau) { EXPECT_NEAR(at("growth:tau=100,from=2", 100), 2 * std::exp(1), 1e-12); }

TEST(Schedule, TimescaleIsTheOneOfItsKind) {
  const auto timescale = [](const char* text) {
    return parse_schedule(text, {.whole_steps = 9}).timescale();
  };
  EXPECT_EQ(timescale("square:dwell=400updates")->value, 400);
  EXPECT_EQ(timescale("square:dwell=400updates")->clock, Clock::updates);
  EXPECT_EQ(timescale("sine:period=5")->value, 5);
  EXPECT_EQ(timescale("ou:tau=6,amplitude=1")->value, 6);
  EXPECT_EQ(timescale("growth:tau=7")->value, 7);
  EXPECT_EQ(timescale("burst:every=8,length=1")->value, 8);
  EXPECT_EQ(timescale("restarts:from=1,to=0,period=9,factor=2")->value, 9);
  for (const auto* text : {"1", "linear:from=0,to=1", "walk:scale=1,every=2", "steps:at=1,values=1/2",
                           "knots:at=1,values=1/2", "power:from=1"}) {
    EXPECT_FALSE(timescale(text)) << text;
  }
}

TEST(Schedule, AmplitudeIsHalfOfTheWayOrTheDeviation) {
  const auto amplitude = [](const char* text) {
    return parse_schedule(text, {.whole_steps = 9}).amplitude();
  };
  EXPECT_EQ(amplitude("telegraph:dwell=4,amplitude=2.5,center=1"), 2.5);
  EXPECT_EQ(amplitude("sine:period=5,low=3,high=-1"), 2);
  EXPECT_EQ(amplitude("ou:tau=6,amplitude=0.5"), 0.5);
  for (const char* text : {"1", "growth:tau=7", "linear:from=0,to=1", "walk:scale=1,every=2"})
    EXPECT_FALSE(amplitude(text)) << text;
}

TEST(Schedule, KnowsItsKind) {
  EXPECT_EQ(parse_schedule("square:dwell=4").kind(), "square");
  EXPECT_EQ(Schedule(1).kind(), "constant");
}

TEST(Schedule, SomeKindsJumpBetweenTheirLevels) {
  using testing::ElementsAre;
  EXPECT_TRUE(parse_schedule("telegraph:dwell=9,amplitude=2").jumps());
  EXPECT_THAT(parse_schedule("telegraph:dwell=9,amplitude=2").levels(), ElementsAre(-2, 2));
  EXPECT_THAT(parse_schedule("steps:at=9/12,values=4/2/3").levels(), ElementsAre(4, 2, 3));
  EXPECT_THAT(parse_schedule("5").levels(), ElementsAre(5));
  for (const auto* text : {"5", "sine:period=9", "ou:tau=9,amplitude=1", "restarts:from=1,to=0,period=9"})
    EXPECT_FALSE(parse_schedule(text).jumps()) << text;
  EXPECT_TRUE(parse_schedule("sine:period=9").levels().empty());
}

TEST(Schedule, GrowthOfNothingStaysNothing) { EXPECT_EQ(at("growth:tau=1,from=0", 1000000), 0); }

TEST(Schedule, BoundsHoldEveryValue) {
  for (const auto& text :
       {"2", "linear:from=3,to=1,over=50", "cosine:from=3,to=1,over=50", "steps:at=9,values=4/2",
        "linear:from=3,to=1,over=50,warmup=9", "cosine:from=-3,to=-1,over=50,warmup=9",
        "restarts:from=3,to=1,period=7,factor=1.5,warmup=9", "power:from=-2,tau=9",
        "knots:at=9/20,values=4/2/3", "sine:period=9,low=1,high=3", "telegraph:dwell=9,amplitude=2",
        "growth:tau=90,from=-1", "burst:every=9,length=2", "ou:tau=9,amplitude=1",
        "square:dwell=9,low=3,high=1"}) {
    auto schedule = parse_schedule(text);
    const auto bounds = schedule.bounds();
    for (int step = 0; step < 200; ++step) EXPECT_TRUE(bounds.contains(at(schedule, step))) << text;
  }
  EXPECT_EQ(parse_schedule("square:dwell=9,low=3,high=1").bounds().high, 3);
}

std::optional<double> phase(const std::string& schedule, std::int64_t steps) {
  return parse_schedule(schedule).phase({.steps = steps});
}

TEST(SchedulePhase, OfASineIsThePartOfItsPeriod) {
  EXPECT_DOUBLE_EQ(phase("sine:period=40", 10).value(), 0.25);
  EXPECT_DOUBLE_EQ(phase("sine:period=40", 50).value(), 0.25);
}

TEST(SchedulePhase, OfASineBeginsWhereItIsTold) {
  EXPECT_DOUBLE_EQ(phase("sine:period=40,phase=0.25", 0).value(), 0.25);
  EXPECT_DOUBLE_EQ(phase("sine:period=40,phase=0.75", 20).value(), 0.25);
}

TEST(SchedulePhase, OfASquareIsThePartOfItsDwell) {
  EXPECT_DOUBLE_EQ(phase("square:dwell=40", 30).value(), 0.75);
  EXPECT_DOUBLE_EQ(phase("square:dwell=40", 90).value(), 0.25);
  EXPECT_DOUBLE_EQ(phase("square:dwell=40,first=10", 10).value(), 0);
  EXPECT_DOUBLE_EQ(phase("square:dwell=40,first=10", 0).value(), 0.75);
}

TEST(SchedulePhase, CountsOnTheClockOfItsSchedule) {
  EXPECT_EQ(parse_schedule("sine:period=4episodes").phase({.steps = 77, .episodes = 3}), 0.75);
}

TEST(SchedulePhase, IsMissingWhereNothingComesBack) {
  for (const char* schedule :
       {"9.8", "linear:from=1,to=2,over=9", "ou:tau=9,amplitude=1", "telegraph:dwell=9",
        "growth:from=1,tau=9", "burst:every=9,length=3", "restarts:from=1,to=0,period=9"})
    EXPECT_FALSE(phase(schedule, 5)) << schedule;
}

}  // namespace
}  // namespace rhoam::core
