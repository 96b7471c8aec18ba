#pragma once
#include <stdexcept>
#include <string>

namespace rhoam::core {

/// Exit codes of every rhoam program.
enum class ExitCode {
  done = 0,
  failure = 1,
  usage = 2,
  diverged = 3,
  corrupt = 5,
  io = 74,
};

/// An error with its exit code; the text is one line: what was wrong, what is allowed, the fix.
class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& text) : std::runtime_error(text), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

/// A wrong flag, value or name, or a run that does not exist (exit 2).
struct UsageError : Error {
  explicit UsageError(const std::string& text) : Error(ExitCode::usage, text) {}
};

/// Training produced NaN or infinity (exit 3).
struct DivergedError : Error {
  explicit DivergedError(const std::string& text) : Error(ExitCode::diverged, text) {}
};

/// A file that is corrupt or hostile, or state of the wrong shape (exit 5).
struct CorruptError : Error {
  explicit CorruptError(const std::string& text) : Error(ExitCode::corrupt, text) {}
};

/// The operating system refused to read or write (exit 74).
struct IoError : Error {
  explicit IoError(const std::string& text) : Error(ExitCode::io, text) {}
};

}  // namespace rhoam::core
