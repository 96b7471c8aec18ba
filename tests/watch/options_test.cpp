#include "rhoam/watch/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rhoam/core/errors.h"
#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::watch {
namespace {

/// Width times height, as text.
std::string pixels(const PictureOptions& style, bool charts, bool window) {
  const auto size = style.pixels(charts, window);
  return std::to_string(size.width) + "x" + std::to_string(size.height);
}

std::string size_refusal(const std::string& size) {
  return test::error_of<core::UsageError>([&] { (void)PictureOptions{.size = size}.pixels(false, false); });
}

TEST(PictureOptions, HasTheUsualSizes) {
  EXPECT_EQ(pixels({}, false, false), "600x400");
  EXPECT_EQ(pixels({}, true, false), "960x640");
  EXPECT_EQ(pixels({}, false, true), "900x600");
  EXPECT_EQ(pixels({}, true, true), "1200x800");
}

TEST(PictureOptions, ScalesToEvenSizes) {
  EXPECT_EQ(pixels({.scale = 2}, false, true), "1200x800");
  for (double scale = 0.2; scale < 3; scale += 0.0137) {
    const auto size = PictureOptions{.scale = scale}.pixels(true, false);
    EXPECT_EQ(size.width % 2 + size.height % 2, 0) << scale;
  }
}

TEST(PictureOptions, TakesASizeInPixels) { EXPECT_EQ(pixels({.size = "1280x720"}, true, true), "1280x720"); }

TEST(PictureOptions, RefusesWhatIsNoSize) {
  for (const char* size : {"x", "1200", "1200x", "x800", "1200x800x3", "1201x800", "1200x801", "0x0", "-2x-2",
                           "62x64", "8194x64", "1e300x64", "nanx64", "64.5x64", "1200X800", "99999999999x64"})
    EXPECT_THAT(size_refusal(size), testing::HasSubstr("WIDTHxHEIGHT")) << size;
}

TEST(PictureOptions, RefusesAScaleThatLeavesNothing) {
  EXPECT_THROW((void)PictureOptions{.scale = 0.01}.pixels(false, false), core::UsageError);
  EXPECT_THROW((void)PictureOptions{.scale = 1e-300}.pixels(false, true), core::UsageError);
}

TEST(PictureOptions, ShowsChartsInAWindowThatHasThem) {
  const PictureOptions style;
  EXPECT_TRUE(style.wants_charts(true, true));
  EXPECT_FALSE(style.wants_charts(true, false));
  EXPECT_FALSE(style.wants_charts(false, true));
}

TEST(PictureOptions, ShowsChartsInAFilmThatAsksForThem) {
  EXPECT_TRUE(PictureOptions{.charts = "on"}.wants_charts(true, false));
  EXPECT_FALSE(PictureOptions{.charts = "off"}.wants_charts(true, true));
}

TEST(PictureOptions, RefusesChartsWithoutATraining) {
  EXPECT_THROW((void)PictureOptions{.charts = "on"}.wants_charts(false, true), core::UsageError);
}

struct Refusal {
  const char *option, *value;
};

class RequestRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(RequestRefuses, AValueOutOfRange) {
  WatchOptions request;
  core::Options options;
  request.describe(options);
  const std::vector<std::string> words = {std::string("--") + GetParam().option, GetParam().value};
  EXPECT_THROW(
      {
        options.parse(words);
        options.apply();
      },
      core::UsageError);
}

INSTANTIATE_TEST_SUITE_P(Hostile, RequestRefuses,
                         testing::Values(Refusal{"speed", "0"}, Refusal{"speed", "17"},
                                         Refusal{"speed", "nan"}, Refusal{"speed", "1e300"},
                                         Refusal{"scale", "-1"}, Refusal{"scale", "11"},
                                         Refusal{"scale", "nan"}, Refusal{"episodes", "-1"},
                                         Refusal{"episodes", "2000000"}, Refusal{"episodes", "1e99"},
                                         Refusal{"seed", "-1"}, Refusal{"seed", "1e300"},
                                         Refusal{"theme", "pink"}, Refusal{"charts", "maybe"}));

}  // namespace
}  // namespace rhoam::watch
