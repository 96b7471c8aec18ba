#pragma once
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>

namespace rhoam::core {

/// Tells a person how far a training is: one line that is redrawn on a terminal (at most ten times a second,
/// no wider than it), a plain line every few seconds elsewhere, nothing when quiet.
class Progress {
 public:
  /// `out` is borrowed. `done_steps` were trained before a resume and do not count for the rate.
  Progress(std::FILE* out, std::int64_t total_steps, bool quiet, std::int64_t done_steps = 0);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `mean_return` is NaN before the first episode has ended.
  void update(std::int64_t steps, double mean_return);
  /// A line of its own, without disturbing the progress line.
  void note(const std::string& text);
  /// Takes the line off the terminal.
  void finish();

  /// "12345/100000 steps  12%  448k steps/s  return 123.4  ETA 0:05".
  static std::string line(std::int64_t steps, std::int64_t total, double steps_per_second,
                          double mean_return);

 private:
  using Time = std::chrono::steady_clock;
  void put(const std::string& text) {
    std::fputs(text.c_str(), out_);
  }  // a lost line must not end a training
  void draw(std::int64_t steps, double mean_return, Time::time_point now);

  std::FILE* out_;
  std::int64_t total_;
  std::int64_t done_;
  bool quiet_;
  bool terminal_;
  bool drawn_ = false;
  Time::time_point start_;
  Time::time_point last_;
};

}  // namespace rhoam::core
