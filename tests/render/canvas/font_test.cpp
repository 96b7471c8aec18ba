#include "rhoam/render/canvas/font.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rhoam::render {
namespace {

using ::testing::ElementsAre;

TEST(Font, LengthsGrowWithTheSize) {
  EXPECT_GT(Font(13).width("ρ 0.99"), 0);
  EXPECT_NEAR(Font(26).width("ρ 0.99"), 2 * Font(13).width("ρ 0.99"), 1e-6);
}

TEST(Font, TextThatFitsIsNotShortened) {
  const Font font(13);
  EXPECT_EQ(font.shortened("ρ 0.99", font.width("ρ 0.99")), "ρ 0.99");
}

TEST(Font, ShortenedTextFits) {
  const Font font(13);
  const std::string text = font.shortened("ρρρρρρρρρρρρρρρρρρρρρρρρ", 80);
  EXPECT_LE(font.width(text), 80);
  EXPECT_GT(font.width(text), 60);
  EXPECT_TRUE(text.ends_with("ρ…"));
}

TEST(Font, WithoutRoomTheDotsRemain) { EXPECT_EQ(Font(13).shortened("abc", -5), "…"); }

TEST(Font, LinesBreakAtSpaces) {
  const Font font(13);
  const double width = font.width("two words");
  EXPECT_THAT(font.wrapped("two words wrap here", width, 3), ElementsAre("two words", "wrap here"));
}

TEST(Font, TheLastLineHoldsTheRestAsFarAsItGoes) {
  const Font font(13);
  const auto lines = font.wrapped("one two three four five", font.width("three"), 2);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_THAT(lines[1], ::testing::EndsWith("…"));
}

TEST(Font, BytesThatAreNoTextDoNoHarm) {
  const Font font(13);
  EXPECT_GT(font.width("\xFF\xED\xA0\x80"), 0);
  EXPECT_GT(font.width("still alive"), 0);
}

}  // namespace
}  // namespace rhoam::render
