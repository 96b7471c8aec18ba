#include <fmt/core.h>

#include <limits>

#include "apps/app.h"
#include "apps/watch/viewer.h"
#include "apps/watch/watching.h"
#include "core/errors.h"
#include "core/interrupt.h"

namespace rhoam::apps {
namespace {

constexpr std::size_t kMostRuns = 12;  // in one picture

void print_help(const core::Options& options) {
  fmt::print("Usage: rhoam watch RUN|ENV-ID|FILE [more to compare] [options]\n\n{}\nKeys in the window\n",
             options.help());
  for (const auto& [keys, does] : watch::Viewer::keys()) fmt::print("  {:<8} {}\n", keys, does);
}

std::vector<watch::Candidate> cast_all(const core::Options& options, const watch::Request& request,
                                       const Networks& networks) {
  std::vector<watch::Candidate> candidates;
  const std::string checkpoint = request.follow && !options.given("checkpoint") ? "last" : request.checkpoint;
  for (const auto& word : options.positional()) candidates.push_back(watch::cast(word, checkpoint, networks));
  watch::tell_apart(candidates);
  return candidates;
}

}  // namespace

int run_watch(const Invocation& invocation) {
  watch::Request request;
  core::Options options;
  request.describe(options);
  options.parse(invocation.args, std::numeric_limits<std::size_t>::max());
  options.apply();
  if (request.help) {
    print_help(options);
    return 0;
  }
  if (options.positional().empty())
    throw core::UsageError("watch needs a run such as runs/latest, a checkpoint, a replay or an environment");
  if (const auto runs = options.positional().size(); runs > kMostRuns)
    throw core::UsageError(fmt::format("{} runs do not fit into one picture: at most {}", runs, kMostRuns));
  auto candidates = cast_all(options, request, invocation.networks);
  std::FILE* const chatty = request.json ? stderr : stdout;
  const core::InterruptCatcher catcher;
  watch::watch({request, invocation.networks, request.quiet ? nullptr : chatty}, std::move(candidates));
  const int signal = core::InterruptCatcher::signal();
  return signal == 0 ? 0 : 128 + signal;
}

}  // namespace rhoam::apps
