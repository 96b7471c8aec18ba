#pragma once

namespace rhoam::core {

/// While one lives, SIGINT, SIGTERM and, unless ignored (nohup), SIGHUP are only recorded, so that a training
/// can save and stop at a safe place. A second signal ends the process at once, except SIGHUP, which a closed
/// terminal sends more than once. SIGPIPE is ignored: a closed pipe shows as a failed write. Only one may
/// live at a time.
class InterruptCatcher {
 public:
  InterruptCatcher();
  ~InterruptCatcher();
  InterruptCatcher(const InterruptCatcher&) = delete;
  InterruptCatcher& operator=(const InterruptCatcher&) = delete;

  /// The signal received, or 0. A process that ends because of it exits with 128 plus its number.
  static int signal();
};

}  // namespace rhoam::core
