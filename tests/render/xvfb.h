#pragma once
#include <sys/types.h>

#include <string>
#include <vector>

namespace rhoam::test {

/// An X server without a screen, with a number that is free. Programs started after it find it through
/// DISPLAY. It lives until the test program ends, since SFML talks to its server even while it is unloaded;
/// so one serves all tests of a program.
class Xvfb {
 public:
  /// Whether the machine has one.
  static bool is_there();

  explicit Xvfb(const std::vector<std::string>& options = {}, int bits = 24);
  /// The value of DISPLAY.
  const std::string& name() const { return name_; }
  /// Ends it at once.
  void kill();

 private:
  pid_t pid_ = -1;
  std::string name_;
};

}  // namespace rhoam::test
