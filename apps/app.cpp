#include "apps/app.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <new>
#include <system_error>

#include "core/build_info.h"
#include "core/errors.h"
#include "core/text.h"

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

constexpr const char* kTorch = "torch";  // the network of a program of its own

/// The program beside this one that holds a network (docs/decisions/0002-torch-in-libexec.md).
std::filesystem::path program_with(const std::string& kind) {
  const auto self = std::filesystem::read_symlink("/proc/self/exe");
  return self.parent_path().parent_path() / "libexec" / "rhoam" / ("rhoam-" + kind);
}

[[noreturn]] void become_program_with(const std::string& kind, char** argv) {
  const auto program = program_with(kind);
  execv(program.c_str(), argv);
  throw core::UsageError(fmt::format("--network {} needs {} ({}): install libtorch-dev and build again", kind,
                                     program.string(), std::strerror(errno)));
}

/// What the user typed may come back in an error text: it must not break the line or the terminal, nor fill
/// it.
std::string one_line(std::string text) {
  constexpr std::size_t kLongest = 600;
  if (text.size() > kLongest) text = text.substr(0, kLongest) + " ...";
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  return text;
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

int dispatch(int argc, char** argv, const Networks& networks) {
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
    return find_verb(words[0]).run({{words.begin() + 1, words.end()}, networks});
  } catch (const NeedsNetwork& needed) {
    become_program_with(needed.kind, argv);
  }
}

}  // namespace

std::span<const Verb> verbs() { return kVerbs; }

const agents::NetworkFactory& find_network(const Networks& networks, const std::string& kind) {
  if (const auto found = networks.find(kind); found != networks.end()) return found->second;
  if (kind == kTorch) throw NeedsNetwork{kind};
  std::vector<std::string> names;
  for (const auto& [name, factory] : networks) names.push_back(name);
  if (std::filesystem::exists(program_with(kTorch))) names.emplace_back(kTorch);
  throw core::UsageError(fmt::format("--network '{}' is unknown to this program: allowed are {}{}",
                                     core::shortened(kind), core::join(names),
                                     core::did_you_mean(kind, names)));
}

void print_error(const std::string& text) { std::fputs(("rhoam: " + one_line(text) + "\n").c_str(), stderr); }

void print_warning(const std::string& text) {
  if (!text.empty()) print_error("warning: " + text);
}

int run(int argc, char** argv, const Networks& networks) {
  const auto fail = [](core::ExitCode code, const char* text) {
    print_error(text);
    return static_cast<int>(code);
  };
  guard_streams();
  try {
    const int code = dispatch(argc, argv, networks);
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
