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

constexpr Verb kVerbs[] = {
    {"train", "train ENV-ID [options] | train --resume RUN",
     "train an agent and keep checkpoints, metrics and settings", run_train},
    {"eval", "eval RUN|FILE [options]", "play a trained agent and report its returns", run_eval},
    {"watch", "watch RUN|ENV-ID|FILE [options]", "see an agent play, in a window or as a film", run_watch},
    {"play", "play ENV-ID [options]", "fly by hand, against a trained agent", run_play},
    {"compare", "compare ENV-ID --rho X,Y,... [options]",
     "compare settings under drift: tuned rates, paired seeds, intervals, a report", run_compare},
    {"report", "report DIR|FILE", "rebuild the report of a comparison; sum up trainings over seeds",
     run_report},
    {"lab", "lab [NAME | --all] [options]", "experiments on the optimizer: claims, measurements, verdicts",
     run_lab},
    {"list", "list", "environments, algorithms, optimizers, dialects, schedules", run_list},
    {"inspect", "inspect RUN|FILE", "what a run or a checkpoint holds, and this machine's kernels",
     run_inspect},
    {"bench", "bench [WHAT]", "steps per second of environments, networks, optimizers and training here",
     run_bench},
};

std::string overview() {
  std::string text =
      "rhoam: reinforcement-learning agents whose optimizer memory can be matched to a changing "
      "world\n\nUsage:\n";
  for (const Verb& verb : kVerbs) text += fmt::format("  rhoam {:<44} {}\n", verb.usage, verb.summary);
  text +=
      "  rhoam --version\n\n'rhoam VERB --help' shows the options of a verb. Start with: rhoam train "
      "CartPole-v1\n";
  return text;
}

const Verb& find_verb(const std::string& name) { return core::find_by_name(kVerbs, "verb", name); }

/// Goes on as the program beside this one that holds what is needed.
[[noreturn]] void become(const core::NeedsProgram& needed, char** argv) {
  const auto program = core::sibling_program(needed.name);
  execv(program.c_str(), argv);
  throw core::UsageError(fmt::format("{} needs {} ({}): install {} and build again", needed.wanted,
                                     program.string(), std::strerror(errno),
                                     needed.name == "torch" ? "libtorch-dev" : "libsfml-dev"));
}

/// Files must not get the number of a closed standard stream: messages would be written into them. A file
/// that grows past its limit shows as a failed write.
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
