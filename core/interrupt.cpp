#include "core/interrupt.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>

namespace rhoam::core {
namespace {

// A signal handler can reach nothing but a global.
std::atomic<int> caught{0};
static_assert(std::atomic<int>::is_always_lock_free);

void note(int signal) {
  if (caught.exchange(signal) != 0) ::_exit(128 + signal);
}

}  // namespace

InterruptCatcher::InterruptCatcher() {
  caught = 0;
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

InterruptCatcher::~InterruptCatcher() {
  for (const int signal : {SIGINT, SIGTERM, SIGPIPE}) ::signal(signal, SIG_DFL);
}

int InterruptCatcher::signal() { return caught; }

}  // namespace rhoam::core
