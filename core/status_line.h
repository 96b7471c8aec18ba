#pragma once
#include <chrono>
#include <cstdio>
#include <string>

namespace rhoam::core {

/// A progress line: redrawn in place on a capable terminal (at most ten times a second, no wider than it), a
/// plain line every few seconds elsewhere, nothing when quiet. One thread at a time.
class StatusLine {
 public:
  /// `out` is borrowed.
  StatusLine(std::FILE* out, bool quiet);
  ~StatusLine();
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  /// True when it is time for another text.
  bool due() const;
  void show(std::string text);
  /// Prints a line of its own without disturbing the status.
  void note(const std::string& text);
  /// Removes the status from the terminal.
  void finish();

  /// Seconds since construction.
  double seconds() const;

 private:
  using Time = std::chrono::steady_clock;
  void put(const std::string& text) { std::fputs(text.c_str(), out_); }  // a lost line must not end the work

  std::FILE* out_;
  bool quiet_;
  bool terminal_;
  bool drawn_ = false;
  Time::time_point start_;
  Time::time_point last_;
};

/// "0:05", "1:02:03"; rounded up to seconds.
std::string duration_text(double seconds);

}  // namespace rhoam::core
