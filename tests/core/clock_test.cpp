#include "rhoam/core/clock.h"

#include <gtest/gtest.h>

#include "rhoam/core/errors.h"
#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::core {
namespace {

using test::error_of;

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
