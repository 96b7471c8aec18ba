#include "rhoam/core/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <optional>
#include <thread>

#include "rhoam/core/file.h"
#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::core {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(Progress, LineTellsStepsRateReturnAndTimeLeft) {
  EXPECT_EQ(Progress::line(12345, 100000, 448000, 123.44, 0.2),
            "12345/100000 steps  12%  448k steps/s  return 123.4  ETA 0:01");
  EXPECT_EQ(Progress::line(100, 1000000, 10, NAN, 99990), "100/1000000 steps  0%  10 steps/s  ETA 27:46:30");
  EXPECT_EQ(Progress::line(100, 100, 2.5e6, 1, 0), "100/100 steps  100%  2.50M steps/s  return 1.0");
}

TEST(Progress, QuietSaysNothing) {
  const test::ScratchFolder folder;
  std::FILE* file = std::fopen((folder / "out").c_str(), "w");
  {
    Progress progress(file, 100, true);
    progress.note("hello");
    progress.update(50, 5, 1);
  }
  std::fclose(file);
  EXPECT_EQ(read_file(folder / "out"), "");
}

TEST(Progress, FileGetsPlainLines) {
  const test::ScratchFolder folder;
  std::FILE* file = std::fopen((folder / "out").c_str(), "w");
  {
    Progress progress(file, 100, false);
    progress.note("hello");
    progress.update(50, 5, 1);
  }
  std::fclose(file);
  EXPECT_EQ(read_file(folder / "out"), "hello\n");
}

/// What a terminal of 30 columns gets while TERM has this value; nothing where there are no pseudo-terminals.
std::optional<std::string> shown_on(const char* type) {
  int reader = 0, terminal = 0;
  winsize size{.ws_row = 24, .ws_col = 30, .ws_xpixel = 0, .ws_ypixel = 0};
  if (::openpty(&reader, &terminal, nullptr, nullptr, &size) != 0) return std::nullopt;
  const char* before = std::getenv("TERM");
  const std::string kept = before == nullptr ? "" : before;
  ::setenv("TERM", type, 1);
  std::FILE* file = ::fdopen(terminal, "w");
  {
    Progress progress(file, 100000, false);
    std::this_thread::sleep_for(120ms);
    for (int step = 0; step < 1000; ++step) progress.update(step, 5, 1);
    progress.note("hello");
  }
  ::setenv("TERM", kept.c_str(), 1);
  std::fclose(file);
  std::string text;
  char buffer[4096];
  for (ssize_t count; (count = ::read(reader, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  ::close(reader);
  return text;
}

TEST(Progress, TerminalLineIsRedrawnAndKeepsToItsWidth) {
  const auto text = shown_on("xterm");
  if (!text) GTEST_SKIP() << "no pseudo-terminals here";
  EXPECT_THAT(*text, testing::StartsWith("\r\x1b[K0/100000 steps"));
  EXPECT_THAT(*text, testing::EndsWith("\r\x1b[Khello\r\n"));
  EXPECT_LE(text->size(), 2 * 4 + 29u + 7);
}

TEST(Progress, ATerminalThatCannotRedrawGetsNoEscapes) {
  for (const char* type : {"dumb", ""}) {
    const auto text = shown_on(type);
    if (!text) GTEST_SKIP() << "no pseudo-terminals here";
    EXPECT_EQ(*text, "hello\r\n") << type;
  }
}

}  // namespace
}  // namespace rhoam::core
