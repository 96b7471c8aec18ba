#pragma once
#include <cstdint>
#include <cstdio>
#include <string>

#include "rhoam/core/status_line.h"

namespace rhoam::core {

/// "448k", "2.50M": how a person is told of a speed.
std::string rate_text(double per_second);

/// Tells a person how far a training is.
class Progress {
 public:
  /// `out` is borrowed. `done_steps` were trained before a resume and do not count for the time left.
  Progress(std::FILE* out, std::int64_t total_steps, bool quiet, std::int64_t done_steps = 0)
      : line_(out, quiet), total_(total_steps), done_(done_steps) {}

  /// `steps_per_second` is the speed of training alone; the time left goes by all that passed, evaluations
  /// too. `mean_return` is NaN before the first episode has ended.
  void update(std::int64_t steps, double steps_per_second, double mean_return);
  /// A line of its own, without disturbing the progress line.
  void note(const std::string& text) { line_.note(text); }
  /// Takes the line off the terminal.
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
