#include "rhoam/core/interrupt.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace rhoam::core {
namespace {

TEST(Interrupt, FirstSignalLeavesANote) {
  const InterruptCatcher catcher;
  EXPECT_EQ(InterruptCatcher::signal(), 0);
  std::raise(SIGINT);
  EXPECT_EQ(InterruptCatcher::signal(), SIGINT);
}

TEST(Interrupt, SecondSignalEndsTheProcess) {
  const auto child = ::fork();
  if (child == 0) {
    const InterruptCatcher catcher;
    std::raise(SIGINT);
    std::raise(SIGTERM);
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 143);
}

TEST(Interrupt, AClosedTerminalMaySaySoTwice) {
  const InterruptCatcher catcher;
  std::raise(SIGHUP);
  std::raise(SIGHUP);
  EXPECT_EQ(InterruptCatcher::signal(), SIGHUP);
}

TEST(Interrupt, AClosedTerminalIsPassedOverUnderNohup) {
  std::signal(SIGHUP, SIG_IGN);
  {
    const InterruptCatcher catcher;
    std::raise(SIGHUP);
    EXPECT_EQ(InterruptCatcher::signal(), 0);
  }
  EXPECT_EQ(std::signal(SIGHUP, SIG_DFL), SIG_IGN);
}

TEST(Interrupt, ClosedPipeIsAFailedWrite) {
  const InterruptCatcher catcher;
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  EXPECT_EQ(::write(ends[1], "x", 1), -1);
  EXPECT_EQ(errno, EPIPE);
  ::close(ends[1]);
}

TEST(Interrupt, DefaultsReturnWithItsEnd) {
  { const InterruptCatcher catcher; }
  struct sigaction action {};
  ::sigaction(SIGINT, nullptr, &action);
  EXPECT_EQ(action.sa_handler, SIG_DFL);
}

}  // namespace
}  // namespace rhoam::core
