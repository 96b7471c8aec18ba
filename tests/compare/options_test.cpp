#include "rhoam/compare/options.h"

#include <gtest/gtest.h>

#include "rhoam/core/errors.h"

namespace rhoam::compare {
namespace {

TEST(SplitSections, TheFirstHasNoName) {
  const auto sections = split_sections("a = 1\n[scenario flip]\nb = 2\n");
  ASSERT_EQ(sections.size(), 2U);
  EXPECT_EQ(sections[0].name, "");
  EXPECT_EQ(sections[1].name, "flip");
  EXPECT_EQ(sections[1].text, "b = 2\n\n");
}

TEST(SplitSections, ScenariosHaveNamesOfTheirOwn) {
  EXPECT_THROW(split_sections("[scenario ]\n"), core::UsageError);
  EXPECT_THROW(split_sections("[scenario a]\n[scenario a]\n"), core::UsageError);
}

TEST(SafeName, StaysOnePartOfAPath) {
  EXPECT_EQ(safe_name("../a b"), "..-a-b");
  EXPECT_EQ(safe_name(std::string(300, 'x')).size(), 60U);
}

TEST(CommandLine, QuotesForAShell) {
  EXPECT_EQ(command_line("rhoam", {{"question", {"What's $x?"}}, {"rho", {"0.9"}}}),
            "rhoam --question 'What'\\''s $x?' --rho 0.9");
}

TEST(CommandLine, FlagsKeepTheirValue) {
  EXPECT_EQ(command_line("rhoam", {{"oracle", {"true"}}, {"param", {"-x"}}}),
            "rhoam --oracle=true --param=-x");
}

TEST(CanonicalText, DoesNotDependOnTheOrder) {
  std::vector<Scenario> scenarios(1);
  scenarios[0].env = "E";
  scenarios[0].algorithm = "ppo";
  scenarios[0].options = {{"b", {"1"}}, {"a", {"2"}}};
  EXPECT_EQ(canonical_text(scenarios, {{"seeds", {"3"}}, {"name", {"x"}}}),
            canonical_text(scenarios, {{"name", {"x"}}, {"seeds", {"3"}}}));
  EXPECT_NE(canonical_text(scenarios, {}).find("a = 2\nalgo = ppo\nb = 1\nenv = E\ntune = none\n"),
            std::string::npos);
}

}  // namespace
}  // namespace rhoam::compare
