#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace rhoam::tests {

/// What a finished program left behind; a signal counts as 128 + its number, as in a shell.
struct Finished {
  int code;
  std::string out, err;
};

/// Runs a program, found as a shell finds it, with these words and waits.
Finished run(const std::string& program, const std::vector<std::string>& args);

/// Runs the rhoam program with these words and waits.
Finished rhoam(const std::vector<std::string>& args);

/// The same, but sends `signal` after a while, unless the program has ended by then.
Finished rhoam_interrupted(const std::vector<std::string>& args, std::chrono::milliseconds after, int signal);

/// A fresh directory that is removed with this object.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A program that runs beside the test, in a process group of its own. It ends with this object.
class WindowLoop {
 public:
  WindowLoop(const std::string& program, const std::vector<std::string>& args);
  WindowLoop(const WindowLoop&) = delete;
  WindowLoop& operator=(const WindowLoop&) = delete;
  ~WindowLoop();

  /// Sends a signal to the program alone.
  void send(int signal) const;
  /// Interrupts it and all that it has started, as Ctrl-C in a terminal does.
  void interrupt() const;
  /// Waits for its end.
  Finished wait();

 private:
  TemporaryDirectory place_;
  pid_t child_;
};

/// Waits until something is so; false when it is not after twenty seconds.
bool comes_true(const std::function<bool()>& condition);

std::string read_text(const std::filesystem::path& path);
/// A CSV text without its columns under `prefix`.
std::string without_columns(const std::string& csv, const std::string& prefix);

/// The column's cells, from the first row on; empty when there is no such column.
std::vector<std::string> cells_of(const std::filesystem::path& csv, const std::string& column);

}  // namespace rhoam::tests
