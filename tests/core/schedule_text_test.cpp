#include "rhoam/core/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/core/random.h"
#include "rhoam/tests/core/schedules.h"
#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::core {
namespace {

using test::at;
using test::error_of;
using testing::HasSubstr;

std::string error(const std::string& text) {
  return error_of<UsageError>([&] { parse_schedule(text); });
}

TEST(ScheduleText, SuffixChoosesTheClockOfAllTimes) {
  auto schedule = parse_schedule("burst:every=100updates,length=5");
  EXPECT_EQ(schedule.clock(), Clock::updates);
  EXPECT_EQ(schedule.at({.steps = 3, .updates = 102}), 1);
  EXPECT_THAT(error("burst:every=100updates,length=5episodes"), HasSubstr("on one clock"));
}

TEST(ScheduleText, OnlyAFirstSwitchIsDrawn) {
  EXPECT_THAT(error("square:dwell=random"), HasSubstr("'random' is not a length of time"));
}

TEST(ScheduleText, TextRoundTrips) {
  for (const auto* text :
       {"0.0003", "linear:from=1e-3,to=0", "telegraph:dwell=100updates,amplitude=2.3",
        "restarts:from=1,to=0,period=9updates,factor=2,warmup=3", "knots:at=3/9,values=1/2/3"}) {
    EXPECT_EQ(parse_schedule(text, {.whole_steps = 5}).to_string(), text);
  }
}

TEST(ScheduleText, ErrorsNameWhatIsAllowed) {
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

TEST(ScheduleText, BadValuesAreErrors) {
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

TEST(ScheduleText, RandomTextNeverDoesMoreThanAUsageError) {
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

TEST(ScheduleText, HelpListsEveryKindWithItsKeys) {
  const auto kinds = schedule_kinds();
  ASSERT_EQ(kinds.size(), 14u);
  EXPECT_EQ(kinds[1].name, "linear");
  EXPECT_EQ(kinds[1].keys, "from=,to=[,over=][,warmup=]");
}

}  // namespace
}  // namespace rhoam::core
