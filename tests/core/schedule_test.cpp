#include "core/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/errors.h"
#include "tests/core/scratch_folder.h"

namespace rhoam::core {
namespace {

using test::error_of;
using testing::HasSubstr;

double at(Schedule& schedule, std::int64_t step) { return schedule.at({.steps = step}); }
double at(const std::string& text, std::int64_t step) {
  auto schedule = parse_schedule(text);
  return at(schedule, step);
}
std::string error(const std::string& text) {
  return error_of<UsageError>([&] { parse_schedule(text); });
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

TEST(Schedule, SuffixChoosesTheClockOfAllTimes) {
  auto schedule = parse_schedule("burst:every=100updates,length=5");
  EXPECT_EQ(schedule.clock(), Clock::updates);
  EXPECT_EQ(schedule.at({.steps = 3, .updates = 102}), 1);
  EXPECT_THAT(error("burst:every=100updates,length=5episodes"), HasSubstr("on one clock"));
}

constexpr const char* kRandom[] = {"telegraph:dwell=7.5,amplitude=2.3", "ou:tau=20,amplitude=1.5",
                                   "walk:scale=0.1,every=3"};

TEST(Schedule, RandomPathsDoNotDependOnHowOftenTheyAreAsked) {
  for (const auto* text : kRandom) {
    auto often = parse_schedule(text, {.seed = 4}), rarely = often;
    for (int step = 0; step <= 3000; ++step) at(often, step);
    EXPECT_EQ(at(often, 3000), at(rarely, 3000)) << text;
  }
}

TEST(Schedule, RandomPathsGoOnAfterSaveAndLoad) {
  for (const auto* text : kRandom) {
    auto schedule = parse_schedule(text, {.seed = 4}), restored = parse_schedule(text, {.seed = 5});
    at(schedule, 100);
    Tensors tensors;
    schedule.save(tensors, "drift/0");
    restored.load(tensors, "drift/0");
    for (int step = 100; step < 400; ++step) ASSERT_EQ(at(restored, step), at(schedule, step)) << text;
  }
}

TEST(Schedule, HostileStateIsRejected) {
  auto schedule = parse_schedule("ou:tau=20,amplitude=1");
  Tensors tensors;
  tensors.put("x/stream", std::vector<std::uint64_t>(4, 1));
  tensors.put("x/path", std::vector<double>{0, -INFINITY, 1});
  EXPECT_THROW(schedule.load(tensors, "x"), CorruptError);
  EXPECT_THROW(schedule.load(Tensors{}, "x"), CorruptError);
}

TEST(Schedule, AClockThatNoTrainingReachesIsRefusedInsteadOfWaitedFor) {
  for (const char* text :
       {"telegraph:dwell=1updates", "ou:tau=9updates,amplitude=1", "walk:scale=1,every=1updates"}) {
    auto schedule = parse_schedule(text);
    EXPECT_THROW(schedule.at({.updates = std::int64_t{1} << 52}), CorruptError) << text;
  }
  auto slow = parse_schedule("telegraph:dwell=1e12");
  EXPECT_NO_THROW(slow.at({.steps = std::int64_t{1} << 52}));
}

TEST(Schedule, SeedAndIndexGiveDifferentPaths) {
  auto path = [](std::uint64_t seed, std::uint64_t index) {
    auto schedule = parse_schedule("ou:tau=20,amplitude=1", {.seed = seed, .index = index});
    return at(schedule, 10);
  };
  EXPECT_NE(path(1, 0), path(2, 0));
  EXPECT_NE(path(1, 0), path(1, 1));
  EXPECT_EQ(path(1, 1), path(1, 1));
}

TEST(Schedule, TelegraphSwitchesAtItsMeanRate) {
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

TEST(Schedule, OuHasItsStationaryMoments) {
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

/// The step of the first switch of a square whose first switch is drawn.
int first_switch(std::uint64_t seed) {
  auto schedule = parse_schedule("square:dwell=100,first=random", {.seed = seed});
  int step = 0;
  while (at(schedule, step) == 0) ++step;
  EXPECT_EQ(at(schedule, step + 99), 1);  // from then on exactly every dwell
  EXPECT_EQ(at(schedule, step + 100), 0);
  return step;
}

TEST(Schedule, ASquareMayDrawItsFirstSwitch) {
  const int n = 4000;
  double sum = 0, late = 0;
  for (int seed = 0; seed < n; ++seed) {
    const int step = first_switch(static_cast<std::uint64_t>(seed));
    sum += step, late += step > 200;
  }
  EXPECT_NEAR(sum / n, 100.5, 6.4);  // exponential, rounded up: four standard errors
  EXPECT_NEAR(late / n, std::exp(-2), 0.022);
}

TEST(Schedule, OnlyAFirstSwitchIsDrawn) {
  EXPECT_THAT(error("square:dwell=random"), HasSubstr("'random' is not a length of time"));
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

TEST(Schedule, TextRoundTrips) {
  for (const auto* text :
       {"0.0003", "linear:from=1e-3,to=0", "telegraph:dwell=100updates,amplitude=2.3",
        "restarts:from=1,to=0,period=9updates,factor=2,warmup=3", "knots:at=3/9,values=1/2/3"}) {
    EXPECT_EQ(parse_schedule(text, {.whole_steps = 5}).to_string(), text);
  }
}

TEST(Schedule, ErrorsNameWhatIsAllowed) {
  EXPECT_EQ(error("sin:period=3"),
            "schedule 'sin:period=3': neither a number nor a known kind: allowed are constant, linear, "
            "cosine, restarts, power, steps, knots, sine, square, telegraph, ou, walk, growth, burst; did "
            "you mean 'sine'?");
  EXPECT_EQ(
      error("linear:form=3"),
      "schedule 'linear:form=3': linear has no key 'form': allowed are from, to, over, warmup; did you mean "
      "'from'?");
  EXPECT_EQ(error("linear:from=1,to=0"), "schedule 'linear:from=1,to=0': how long? over= is missing");
  EXPECT_EQ(error("restarts:from=1,to=0,period=9,factor=0.5"),
            "schedule 'restarts:from=1,to=0,period=9,factor=0.5': factor= is out of range: 1 … 1000000000");
  EXPECT_THAT(error("linear:from=1,to=0,warmup=9updates"), HasSubstr("over= is missing"));
  EXPECT_EQ(error("sine:low=1"), "schedule 'sine:low=1': sine needs period=");
}

TEST(Schedule, BadValuesAreErrors) {
  for (const char* text : {"",
                           ":",
                           "linear",
                           "linear:",
                           "linear:from",
                           "linear:from=x,to=1,over=2",
                           "nan",
                           "inf",
                           "square:dwell=0",
                           "square:dwell=-3",
                           "telegraph:dwell=1e-300",
                           "square:dwell=3weeks",
                           "square:dwell=3,dwell=3",
                           "square:dwell=3,low=1,amplitude=2",
                           "square:dwell=3,center=2",
                           "ou:tau=3,amplitude=-1",
                           "ou:tau=3,amplitude=1e300",
                           "walk:every=3,scale=1e300",
                           "burst:every=3,length=3",
                           "steps:at=3/2,values=1/2/3",
                           "steps:at=3,values=1",
                           "knots:at=3/9,values=1/2",
                           "linear:from=1,to=0,over=9,warmup=9",
                           "cosine:from=1,to=0,over=9,warmup=0",
                           "restarts:from=1,to=0",
                           "restarts:from=1,to=0,period=9,factor=0",
                           "restarts:from=1,to=0,period=9,factor=nan",
                           "restarts:from=1,to=0,period=9,factor=1e300",
                           "power:from=1,exponent=-1",
                           "sine:period=inf",
                           "sine:period=1e999",
                           "square:dwell=3,"}) {
    EXPECT_NE(error(text), "") << text;
  }
}

TEST(Schedule, RandomTextNeverDoesMoreThanAUsageError) {
  Stream stream(11);
  const std::vector<std::string> pieces = {"linear", "steps", "ou",     "telegraph", "restarts",  "knots",
                                           "power",  ":",     ",",      "=",         "/",         "from",
                                           "to",     "at",    "values", "period",    "factor",    "warmup",
                                           "over",   "dwell", "tau",    "exponent",  "amplitude", "1",
                                           "-2",     "1e9",   "nan",    "updates"};
  int accepted = 0;
  for (int round = 0; round < 30000; ++round) {
    std::string text;
    for (std::uint64_t i = stream.below(12); i > 0; --i) text += pieces[stream.below(pieces.size())];
    try {
      auto schedule = parse_schedule(text, {.whole_steps = 100});
      EXPECT_TRUE(std::isfinite(at(schedule, 50))) << text;
      ++accepted;
    } catch (const UsageError& e) {
      EXPECT_EQ(std::string(e.what()).find('\n'), std::string::npos);
    }
  }
  EXPECT_GT(accepted, 0);
}

TEST(Schedule, HelpListsEveryKindWithItsKeys) {
  const auto kinds = schedule_kinds();
  ASSERT_EQ(kinds.size(), 14u);
  EXPECT_EQ(kinds[1].name, "linear");
  EXPECT_EQ(kinds[1].keys, "from=,to=[,over=][,warmup=]");
}

TEST(Clock, TimescaleConvertsBetweenClocks) {
  const ClockRates rates{.steps_per_update = 128, .steps_per_episode = 500};
  EXPECT_EQ(parse_timescale("50updates").in(Clock::steps, rates), 6400);
  EXPECT_EQ(parse_timescale("40episodes").in(Clock::updates, rates), 156.25);
  EXPECT_EQ(parse_timescale("1e4").in(Clock::episodes, rates), 20);
  EXPECT_EQ(to_string(parse_timescale("7.5", Clock::updates)), "7.5updates");
}

TEST(Clock, BadTimescalesAreErrors) {
  for (const char* text : {"", "steps", "0", "-1steps", "inf", "1e999", "3 steps", "3weeks", "3step"}) {
    EXPECT_THROW(parse_timescale(text), UsageError) << text;
  }
  EXPECT_EQ(
      error_of<UsageError>([] { parse_timescale("3update"); }),
      "'3update' counts an unknown clock: allowed are steps, updates, episodes; did you mean 'updates'?");
}

}  // namespace
}  // namespace rhoam::core
