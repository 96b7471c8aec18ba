#include "rhoam/core/shell.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace rhoam::core {
namespace {

/// What a shell makes of the word.
std::string read_by_shell(const std::string& word) {
  const std::string command = "printf '%s|' " + word;
  std::FILE* shell = ::popen(command.c_str(), "r");
  std::string text;
  for (int c; (c = std::fgetc(shell)) != EOF;) text += static_cast<char>(c);
  ::pclose(shell);
  return text;
}

class Shell : public testing::TestWithParam<const char*> {};

TEST_P(Shell, ReadsAQuotedWordBackAsItWas) {
  EXPECT_EQ(read_by_shell(shell_quoted(GetParam())), std::string(GetParam()) + "|");
}

INSTANTIATE_TEST_SUITE_P(Words, Shell,
                         testing::Values("", "plain", "a b  c", "$(x)", "`x`", "it's", "\"", "\\", "a\nb",
                                         "a\n", "100%\ns\\n", "\t'\x1b[2J", "~/x", "=ls", "#a", "a*?[]{}",
                                         "!x", "&;|<>()", "日本語 🚀", "\xff\xfe", "-dash", "-a\tb", "é"));

TEST(ShellPath, IsNoOption) {
  EXPECT_EQ(shell_path("-dash"), "./-dash");
  EXPECT_EQ(shell_path("runs/a"), "runs/a");
  EXPECT_EQ(shell_path("-a b"), "'./-a b'");
}

TEST(ShellQuoted, IsOneLine) { EXPECT_EQ(shell_quoted("a\nb").find('\n'), std::string::npos); }

}  // namespace
}  // namespace rhoam::core
