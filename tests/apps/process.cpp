#include "rhoam/tests/apps/process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "rhoam/core/text.h"

namespace rhoam::tests {
namespace {

pid_t start(const std::string& program, const std::vector<std::string>& args,
            const std::filesystem::path& out, const std::filesystem::path& err) {
  std::vector<char*> words{const_cast<char*>(program.c_str())};
  for (const auto& arg : args) words.push_back(const_cast<char*>(arg.c_str()));
  words.push_back(nullptr);
  const pid_t child = fork();
  if (child != 0) {
    setpgid(child, child);  // whoever comes first
    return child;
  }
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
  dup2(open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
  execvp(program.c_str(), words.data());
  _exit(127);
}

int exit_code(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Finished run(const std::string& program, const std::vector<std::string>& args) {
  return WindowLoop(program, args).wait();
}

Finished rhoam(const std::vector<std::string>& args) { return run(RHOAM_PROGRAM, args); }

Finished rhoam_interrupted(const std::vector<std::string>& args, std::chrono::milliseconds after,
                           int signal) {
  WindowLoop program(RHOAM_PROGRAM, args);
  std::this_thread::sleep_for(after);
  program.send(signal);
  return program.wait();
}

WindowLoop::WindowLoop(const std::string& program, const std::vector<std::string>& args)
    : child_(start(program, args, place_ / "out", place_ / "err")) {}

WindowLoop::~WindowLoop() {
  if (child_ == 0) return;
  send(SIGKILL);
  wait();
}

void WindowLoop::send(int signal) const { kill(child_, signal); }

void WindowLoop::interrupt() const { kill(-child_, SIGINT); }

Finished WindowLoop::wait() {
  const int code = exit_code(std::exchange(child_, 0));
  return {code, read_text(place_ / "out"), read_text(place_ / "err")};
}

bool comes_true(const std::function<bool()>& condition) {
  using namespace std::chrono_literals;
  for (int i = 0; i < 1000; ++i, std::this_thread::sleep_for(20ms))
    if (condition()) return true;
  return false;
}

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "rhoam-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a temporary directory");
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() { std::filesystem::remove_all(path_); }

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string without_columns(const std::string& csv, const std::string& prefix) {
  std::istringstream lines(csv);
  std::string line, kept;
  std::vector<bool> drop;
  while (std::getline(lines, line)) {
    std::istringstream cells(line);
    std::string cell;
    for (std::size_t column = 0; std::getline(cells, cell, ','); ++column) {
      if (kept.empty() || drop.size() == column) drop.push_back(cell.starts_with(prefix));
      if (!drop[column]) kept += cell + ",";
    }
    kept += "\n";
  }
  return kept;
}

std::vector<std::string> cells_of(const std::filesystem::path& csv, const std::string& column) {
  const auto lines = core::split(read_text(csv), '\n');
  const auto header = core::split(lines.front(), ',');
  const auto at = std::ranges::find(header, column) - header.begin();
  std::vector<std::string> cells;
  for (std::size_t row = 1; at < std::ssize(header) && row + 1 < lines.size(); ++row)
    cells.push_back(core::split(lines[row], ',')[static_cast<std::size_t>(at)]);
  return cells;
}

}  // namespace rhoam::tests
