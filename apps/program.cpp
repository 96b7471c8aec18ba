#include "rhoam/apps/program.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>
#include <system_error>

#include "rhoam/apps/verbs.h"
#include "rhoam/core/build_info.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/process.h"
#include "rhoam/core/terminal.h"
#include "rhoam/core/text.h"

namespace rhoam::apps {
namespace {

/// Replaces this process by the sibling program that has what is needed.
[[noreturn]] void become(const core::NeedsProgram& needed, char** argv) {
  const auto program = core::sibling_program(needed.name);
  execv(program.c_str(), argv);
  throw core::UsageError(fmt::format("{} needs {} ({}): install {} and build again", needed.wanted,
                                     program.string(), std::strerror(errno),
                                     needed.name == "torch" ? "libtorch-dev" : "libsfml-dev"));
}

/// Keeps files from getting the descriptor of a closed standard stream, which would write messages into them.
/// Ignores SIGXFSZ, so that exceeding the file size limit is a failed write.
void guard_streams() {
  while (true) {
    const int fd = open("/dev/null", O_RDWR);
    if (fd > 2 || fd < 0) {
      if (fd > 2) close(fd);
      break;
    }
  }
  std::signal(SIGXFSZ, SIG_IGN);
}

int dispatch(int argc, char** argv, const Parts& parts) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    fmt::print("{}", overview());
    return 0;
  }
  if (words[0] == "--version") {
    fmt::print("rhoam {} ({})\n", core::build_info().version, core::build_info().git_hash);
    return 0;
  }
  try {
    return find_verb(words[0]).run({{words.begin() + 1, words.end()}, parts});
  } catch (const core::NeedsProgram& needed) {
    become(needed, argv);
  }
}

}  // namespace

const render::WindowSystem& windows_of(const Parts& parts) {
  if (parts.windows == nullptr) throw core::NeedsProgram{"window", "a window"};
  return *parts.windows;
}

int run(int argc, char** argv, const Parts& parts) {
  const auto fail = [](core::ExitCode code, const char* text) {
    core::print_error(text);
    return static_cast<int>(code);
  };
  guard_streams();
  try {
    const int code = dispatch(argc, argv, parts);
    if (std::fflush(stdout) != 0 || std::ferror(stdout))
      return fail(core::ExitCode::io, "cannot write to standard output");
    return code;
  } catch (const core::Error& error) {
    return fail(error.code(), error.what());
  } catch (const std::system_error& error) {  // how fmt reports a stream that cannot be written
    return fail(core::ExitCode::io, error.what());
  } catch (const std::bad_alloc&) {
    return fail(core::ExitCode::failure, "out of memory");
  } catch (const std::exception& error) {
    return fail(core::ExitCode::failure, error.what());
  }
}

}  // namespace rhoam::apps
