#include "rhoam/tests/render/xvfb.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace rhoam::test {
namespace {

[[noreturn]] void become(std::vector<std::string> words, int output) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  const int nowhere = open("/dev/null", O_RDWR);
  dup2(output, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

/// Up to the end of the line; what was read by then when there is no more.
std::string read_line(int descriptor) {
  std::string line;
  for (char c = 0; read(descriptor, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

}  // namespace

bool Xvfb::is_there() { return std::system("command -v Xvfb >/dev/null") == 0; }

Xvfb::Xvfb(const std::vector<std::string>& options, int bits) {
  const auto screen = "1400x1000x" + std::to_string(bits);
  std::vector<std::string> words = {"Xvfb", "-displayfd", "1", "-noreset", "-nolisten",
                                    "tcp",  "-screen",    "0", screen};
  words.insert(words.end(), options.begin(), options.end());
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  pid_ = fork();
  if (pid_ == 0) become(words, ends[1]);
  close(ends[1]);
  const auto number = read_line(ends[0]);
  close(ends[0]);
  if (number.empty()) throw std::runtime_error("Xvfb does not start");
  name_ = ":" + number;
  setenv("DISPLAY", name_.c_str(), 1);
}

void Xvfb::kill() {
  ::kill(pid_, SIGTERM);  // it removes its lock, which the next one might take for its own
  waitpid(pid_, nullptr, 0);
}

}  // namespace rhoam::test
