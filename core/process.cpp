#include "rhoam/core/process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "rhoam/core/errors.h"
#include "rhoam/core/interrupt.h"
#include "rhoam/core/text.h"

namespace rhoam::core {
namespace {

/// Arguments of posix_spawn that set up a child.
class Start {
 public:
  Start() {
    posix_spawn_file_actions_init(&files_);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
  }
  ~Start() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  Start(const Start&) = delete;
  Start& operator=(const Start&) = delete;

  void give(int descriptor, int as) {
    if (descriptor < 0) {
      posix_spawn_file_actions_addopen(&files_, as, "/dev/null", O_RDWR, 0);
      return;
    }
    const auto& lifted = lifted_.emplace_back(::fcntl(descriptor, F_DUPFD_CLOEXEC, kAboveStreams));
    if (lifted < 0) throw IoError(std::string("cannot run a program: ") + std::strerror(errno));
    posix_spawn_file_actions_adddup2(&files_, lifted, as);
  }

  /// In a process group of its own.
  pid_t run(const std::vector<std::string>& words) const { return run(words[0], words, &attributes_); }

  pid_t run(const std::string& program, const std::vector<std::string>& words,
            const posix_spawnattr_t* attributes) const {
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    pid_t pid = -1;
    if (const int error = posix_spawn(&pid, program.c_str(), &files_, attributes, arguments.data(), environ))
      throw IoError("cannot run '" + program + "': " + std::strerror(error));
    return pid;
  }

 private:
  static constexpr int kAboveStreams = 16;

  std::vector<Descriptor> lifted_;  // copies above the descriptor numbers of the child
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

bool is_program(const std::string& path) {
  struct stat info;
  return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

Descriptor open_nameless() {
  Descriptor file(::memfd_create("rhoam", MFD_CLOEXEC));
  if (file < 0) throw IoError(std::string("cannot open a file in memory: ") + std::strerror(errno));
  return file;
}

ChildProcess::ChildProcess(const std::vector<std::string>& words, std::span<const int> streams)
    : errors_(open_nameless()) {
  Start start;
  for (int as = 0; as < std::max(3, static_cast<int>(streams.size())); ++as) {
    const bool given = as < static_cast<int>(streams.size());
    start.give(as == STDERR_FILENO ? int{errors_} : given ? streams[static_cast<std::size_t>(as)] : -1, as);
  }
  pid_ = start.run(words);
}

ChildProcess::~ChildProcess() { succeeded(); }

bool ChildProcess::ends_within(std::chrono::milliseconds time) {
  const auto latest = std::chrono::steady_clock::now() + time;
  while (pid_ > 0 && ::waitpid(pid_, &status_, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() >= latest || InterruptCatcher::signal() != 0) {
      ::kill(-pid_, SIGKILL);
      return false;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  pid_ = -1;
  return true;
}

bool ChildProcess::succeeded() {
  while (pid_ > 0 && ::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) continue;
  pid_ = -1;
  return WIFEXITED(status_) && WEXITSTATUS(status_) == 0;
}

std::string ChildProcess::reason() const {
  if (auto words = last_words(); !words.empty()) return words;
  return WIFSIGNALED(status_) ? "ended by signal " + std::to_string(WTERMSIG(status_))
                              : "exit code " + std::to_string(WEXITSTATUS(status_));
}

std::string ChildProcess::last_words() const {
  struct stat info {};
  ::fstat(errors_, &info);
  std::string text(4096, '\0');
  const auto start = std::max<off_t>(0, info.st_size - static_cast<off_t>(text.size()));
  const auto count = ::pread(errors_, text.data(), text.size(), start);
  text.resize(static_cast<std::size_t>(std::max<ssize_t>(0, count)));
  const auto lines = split(trim(text), '\n');
  const auto& last = lines.back();
  const auto bracket = last.starts_with('[') ? last.find("] ") : std::string::npos;
  return bracket == std::string::npos ? last : last.substr(bracket + 2);
}

void start_detached(const std::filesystem::path& program, const std::vector<std::string>& words) {
  Start start;
  start.give(-1, STDIN_FILENO);
  start.give(-1, STDOUT_FILENO);
  if (::isatty(STDERR_FILENO) == 0) start.give(-1, STDERR_FILENO);
  start.run(program.string(), words, nullptr);
}

std::filesystem::path sibling_program(const std::string& name) {
  const auto self = std::filesystem::read_symlink("/proc/self/exe");
  const auto prefix = self.parent_path().parent_path();
  const auto libexec = prefix.filename() == "libexec" ? prefix : prefix / "libexec";
  return libexec / "rhoam" / ("rhoam-" + name);
}

std::string find_program(const std::string& name) {
  const char* const path = std::getenv("PATH");
  for (const auto& folder : split(path == nullptr ? "" : path, ':'))
    if (const auto program = (folder.empty() ? "." : folder) + "/" + name; is_program(program))
      return program;
  return "";
}

}  // namespace rhoam::core
