#include "rhoam/core/utf8.h"

#include <gtest/gtest.h>

namespace rhoam::core {
namespace {

TEST(Printable, LettersOfAnyScriptRemain) { EXPECT_EQ(printable("ρ ½ 日本 🚀 <&>"), "ρ ½ 日本 🚀 <&>"); }

TEST(Printable, ControlCharactersBecomeSpaces) {
  EXPECT_EQ(printable(std::string_view("a\nb\tc\0d\x7F", 8)), "a b c d ");
}

TEST(Printable, BytesThatAreNoCharactersAreReplaced) {
  for (const char* bytes : {"\xFF", "\x80", "\xC3", "\xC0", "\xF8"})
    EXPECT_EQ(printable(bytes), "\uFFFD") << bytes;
  EXPECT_EQ(printable("\xC3(").back(), '(');                        // cut off
  EXPECT_EQ(printable("\xC0\xAF"), "\uFFFD\uFFFD");                 // longer than need be
  EXPECT_EQ(printable("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");       // half of a pair
  EXPECT_EQ(printable("\xF4\x90\x80\x80").substr(0, 3), "\uFFFD");  // beyond Unicode
  EXPECT_EQ(printable("\xEF\xBF\xBF").substr(0, 3), "\uFFFD");      // U+FFFF is no character
}

TEST(Printable, LongTextIsCut) { EXPECT_EQ(character_count(printable(std::string(1'000'000, 'x'))), 1000u); }

TEST(Printable, PrefixesEndBetweenCharacters) {
  EXPECT_EQ(prefix_bytes("ρρx", 0), 0u);
  EXPECT_EQ(prefix_bytes("ρρx", 2), 4u);
  EXPECT_EQ(prefix_bytes("ρρx", 9), 5u);
}

}  // namespace
}  // namespace rhoam::core
