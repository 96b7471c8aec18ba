#pragma once
#include <cstdint>
#include <cstdio>
#include <string>

#include "rhoam/core/status_line.h"

namespace rhoam::core {

/// A rate for people to read: "448k", "2.50M".
std::string rate_text(double per_second);

/// Shows the progress of a training.
class Progress {
 public:
  /// `out` is borrowed. `done_steps` were trained before a resume and do not count towards the time left.
  Progress(std::FILE* out, std::int64_t total_steps, bool quiet, std::int64_t done_steps = 0)
      : line_(out, quiet), total_(total_steps), done_(done_steps) {}

  /// `steps_per_second` is the speed of training alone; the time left is estimated from all time that passed,
  /// evaluations too. `mean_return` is NaN before the first episode has ended.
  void update(std::int64_t steps, double steps_per_second, double mean_return);
  /// Prints a line of its own without disturbing the progress line.
  void note(const std::string& text) { line_.note(text); }
  /// Removes the line from the terminal.
  void finish() { line_.finish(); }

  /// "12345/100000 steps  12%  448k steps/s  return 123.4  ETA 0:05".
  static std::string line(std::int64_t steps, std::int64_t total, double steps_per_second, double mean_return,
                          double seconds_left);

 private:
  StatusLine line_;
  std::int64_t total_;
  std::int64_t done_;
};

}  // namespace rhoam::core
