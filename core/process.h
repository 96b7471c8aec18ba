#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "rhoam/core/file.h"

namespace rhoam::core {

/// An open file without a name, gone with its last descriptor. Throws IoError.
Descriptor open_nameless();

/// A running child program. It has its own process group, so that Ctrl-C at the terminal does not reach it,
/// and inherits only the descriptors named here.
class ChildProcess {
 public:
  /// Runs the program at path words[0]. streams[n] becomes its descriptor n; −1 is /dev/null. Standard error
  /// is captured for reason(): streams[2] is ignored. Throws IoError when it cannot be started.
  ChildProcess(const std::vector<std::string>& words, std::span<const int> streams);
  /// Waits for the program to end.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Waits for `time`, or until a signal is caught (InterruptCatcher). If the program has not ended by then,
  /// kills it with everything that it started and returns false.
  bool ends_within(std::chrono::milliseconds time);
  /// Waits; returns whether it ended with exit code 0.
  bool succeeded();
  /// Reason of the failure: the last line of standard error, without the bracketed prefix that names the
  /// complaining object of ffmpeg; the exit code or signal when there is none.
  std::string reason() const;

 private:
  std::string last_words() const;

  Descriptor errors_;
  pid_t pid_ = -1;
  int status_ = 0;
};

/// Runs `program` with these words, the first of which is its name, and does not wait for it. Its input and
/// output are /dev/null, and so is its standard error unless ours is a terminal. Throws IoError when it
/// cannot be started.
void start_detached(const std::filesystem::path& program, const std::vector<std::string>& words);

/// Path of libexec/rhoam/rhoam-<name> in the installation of this program; it need not exist.
std::filesystem::path sibling_program(const std::string& name);

/// Thrown for a request that only a sibling program can serve; main then becomes that program
/// (docs/decisions/0002-programs-in-libexec.md).
struct NeedsProgram {
  std::string name;    ///< "torch"
  std::string wanted;  ///< what needs it: "--network torch"
};

/// Path of the program of this name on PATH; empty when there is none.
std::string find_program(const std::string& name);

}  // namespace rhoam::core
