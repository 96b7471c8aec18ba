#include "rhoam/core/text.h"

#include <gtest/gtest.h>

#include <bit>

#include "rhoam/core/random.h"

namespace rhoam::core {
namespace {

TEST(Text, SplitKeepsEmptyParts) { EXPECT_EQ(split(",a,", ','), (std::vector<std::string>{"", "a", ""})); }

TEST(Text, NumbersOutsideTheDecimalGrammarAreRejected) {
  for (const char* text :
       {"", "abc", "nan", "inf", "-inf", "0x10", "1.5x", " 1", "1 ", "1e999", "--1", "1,5"}) {
    EXPECT_FALSE(parse_double(text)) << text;
  }
}

TEST(Text, AnyFiniteDoubleSurvivesItsShortestText) {
  Stream stream(1);
  for (int i = 0; i < 100000; ++i) {
    const auto value = std::bit_cast<double>(stream());
    if (!std::isfinite(value) || !std::isnormal(value)) continue;
    EXPECT_EQ(std::bit_cast<std::uint64_t>(*parse_double(format_double(value))),
              std::bit_cast<std::uint64_t>(value));
  }
}

TEST(Text, NegativeZeroKeepsItsSign) { EXPECT_TRUE(std::signbit(*parse_double(format_double(-0.0)))); }

TEST(Text, WholeNumbersPrintWithoutExponent) {
  EXPECT_EQ(format_double(1000000), "1000000");
  EXPECT_EQ(format_double(3e-4), "0.0003");
}

TEST(Text, IsShortenedBetweenItsLetters) {
  EXPECT_EQ(shortened(std::string(80, 'x')), std::string(80, 'x'));
  EXPECT_EQ(shortened(std::string(79, 'x') + "√v"), std::string(79, 'x') + "…");
}

TEST(Text, IntegersMayBeWrittenWithAnExponent) { EXPECT_EQ(parse_integer<std::int64_t>("1e6"), 1000000); }

TEST(Text, IntegersThatDoNotFitAreRejected) {
  EXPECT_FALSE(parse_integer<int>("2147483648"));
  EXPECT_FALSE(parse_integer<int>("3e9"));
  EXPECT_FALSE(parse_integer<int>("1.5"));
  EXPECT_FALSE(parse_integer<std::uint64_t>("-1"));
  EXPECT_EQ(parse_integer<std::uint64_t>("18446744073709551615"), ~std::uint64_t{0});
}

TEST(Text, SwappedLettersAreOneError) { EXPECT_EQ(edit_distance("sede", "seed"), 1u); }

TEST(Text, NearestIsWithinAThirdOfTheLetters) {
  const std::vector<std::string> ids = {"CartPole-v1", "LunarLander-v3"};
  EXPECT_EQ(nearest("CartPol-v1", ids), "CartPole-v1");
  EXPECT_EQ(nearest("cartpole-v1", ids), "CartPole-v1");
  EXPECT_EQ(nearest("Pong", ids), "");
}

TEST(Nearest, TakesTheBeginningOfAName) {
  const std::vector<std::string> ids{"CartPole-v1", "LunarLander-v3"};
  EXPECT_EQ(nearest("lunarlander", ids), "LunarLander-v3");
  EXPECT_EQ(nearest("Lu", ids), "");
}

TEST(Text, AParagraphStaysBesideItsLabelAndWithinAHundredColumns) {
  EXPECT_EQ(paragraph("ρ", "is short", 4), "ρ   is short\n");
  EXPECT_EQ(paragraph("long", "below", 5), "long\n     below\n");
  const std::string left(60, 'a'), right(38, 'b');  // one column too many for a line
  EXPECT_EQ(paragraph("", left + " " + right, 2), "  " + left + "\n  " + right + "\n");
}

}  // namespace
}  // namespace rhoam::core
