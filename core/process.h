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

/// Another program at work. It is in a process group of its own, so that Ctrl-C at the terminal does not
/// reach it, and inherits only the descriptors named here.
class ChildProcess {
 public:
  /// Runs words[0], which is a path. streams[n] becomes its descriptor n; −1 is /dev/null. Standard error is
  /// kept: streams[2] is ignored. Throws IoError when it cannot be started.
  ChildProcess(const std::vector<std::string>& words, std::span<const int> streams);
  /// Waits.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// Waits so long, or until a signal is caught (InterruptCatcher). What has not ended then is killed,
  /// with all that it has started.
  bool ends_within(std::chrono::milliseconds time);
  /// Waits, and tells whether it ended with code 0.
  bool succeeded();
  /// Why it did not succeed: the last line of its standard error, without the part in brackets that says
  /// which object of ffmpeg complains, or its exit code or signal where it said nothing.
  std::string reason() const;

 private:
  std::string last_words() const;

  Descriptor errors_;
  pid_t pid_ = -1;
  int status_ = 0;
};

/// The program libexec/rhoam/rhoam-<name> of the installation that this one belongs to; it need not be there.
std::filesystem::path sibling_program(const std::string& name);

/// Thrown where something is wanted that only a sibling holds; main then becomes that program
/// (docs/decisions/0002-programs-in-libexec.md).
struct NeedsProgram {
  std::string name;    ///< "torch"
  std::string wanted;  ///< what needs it: "--network torch"
};

/// The program of this name on PATH; empty: none.
std::string find_program(const std::string& name);

}  // namespace rhoam::core
