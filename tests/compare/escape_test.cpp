#include "rhoam/compare/escape.h"

#include <gtest/gtest.h>

namespace rhoam::compare {
namespace {

TEST(Escape, HtmlKeepsTextFromBecomingMarkup) {
  EXPECT_EQ(html("</script><b a=\"1\" b='2'>&"),
            "&lt;/script&gt;&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;");
  EXPECT_EQ(html(std::string("a\0\x1b[31m\nb", 9)), "a[31m\nb");
}

TEST(Escape, MarkdownKeepsATableCellInOnePiece) {
  EXPECT_EQ(markdown("a|b\nc"), "a\\|b c");
  EXPECT_EQ(markdown("*x* _y_ `z` [l](u) <b>"), "\\*x\\* \\_y\\_ \\`z\\` \\[l\\](u) &lt;b&gt;");
}

TEST(Escape, JsonCannotEndItsScript) {
  EXPECT_EQ(json_in_script(R"({"a":"</script><!--"})"), R"({"a":"\u003c/script>\u003c!--"})");
}

TEST(Escape, AFenceIsLongerThanAnyInItsText) {
  EXPECT_EQ(fenced("a\n", "sh"), "```sh\na\n```\n");
  EXPECT_EQ(fenced("````"), "`````\n````\n`````\n");
}

TEST(Escape, FileNamesAreSafeAndDiffer) {
  const std::vector<std::string> names{"Flip 200", "../../etc", "flip-200", "ρ", "", std::string(999, 'x')};
  const auto stems = file_stems(names);
  EXPECT_EQ(stems[0], "flip-200");
  EXPECT_EQ(stems[1], "etc");
  EXPECT_EQ(stems[2], "flip-200-2");
  EXPECT_EQ(stems[3], "scenario");
  EXPECT_EQ(stems[4], "scenario-2");
  EXPECT_LT(stems[5].size(), 100u);
}

}  // namespace
}  // namespace rhoam::compare
