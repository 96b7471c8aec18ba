#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "rhoam/apps/verbs.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/interrupt.h"
#include "rhoam/core/text.h"
#include "rhoam/watch/session.h"
#include "rhoam/watch/viewer.h"

namespace rhoam::apps {
namespace {

constexpr std::size_t kMostRuns = 12;  // in one picture

void print_help(const core::Options& options) {
  fmt::print("Usage: rhoam watch RUN|ENV-ID|FILE [more to compare] [options]\n\n{}\nKeys in the window\n",
             options.help());
  for (const auto& [keys, does] : watch::Viewer::keys()) fmt::print("  {:<8} {}\n", keys, does);
}

std::vector<watch::OpenedPlayer> open_players(const core::Options& options,
                                              const watch::WatchOptions& request,
                                              const agents::Networks& networks) {
  std::vector<watch::OpenedPlayer> candidates;
  const std::string checkpoint = request.follow && !options.given("checkpoint") ? "last" : request.checkpoint;
  for (const auto& word : options.positional())
    candidates.push_back(watch::open_player(word, checkpoint, networks));
  watch::tell_apart(candidates);
  return candidates;
}

/// Throws UsageError on an option that has no effect on anything that is watched.
void refuse_unheard(const core::Options& options, const watch::WatchOptions& request,
                    const std::vector<watch::OpenedPlayer>& candidates) {
  const auto& first = options.positional().front();
  const auto is_replay = [](const auto& candidate) { return !candidate.player.script.empty(); };
  if (std::ranges::all_of(candidates, is_replay))
    for (const char* name : {"seed", "stochastic"})
      if (options.given(name))
        throw core::UsageError(
            fmt::format("--{} has no effect on the replay '{}', which plays what is on record", name,
                        core::shortened(first)));
  if (!options.given("checkpoint")) return;
  if (request.story) throw core::UsageError("--checkpoint has no effect on --story, which shows all of them");
  if (std::ranges::all_of(candidates, &std::filesystem::path::empty, &watch::OpenedPlayer::run))
    throw core::UsageError(
        fmt::format("--checkpoint chooses among those of a run, and '{}' is none", core::shortened(first)));
}

}  // namespace

int run_watch(const Invocation& invocation) {
  watch::WatchOptions request;
  core::Options options;
  request.describe(options);
  options.parse(invocation.args, std::numeric_limits<std::size_t>::max());
  options.apply();
  if (request.help) {
    print_help(options);
    return 0;
  }
  const auto* const windows = request.record.empty() ? &windows_of(invocation.parts) : nullptr;
  watch::refuse_empty(options);
  if (options.positional().empty())
    throw core::UsageError("watch needs a run such as runs/latest, a checkpoint, a replay or an environment");
  if (const auto runs = options.positional().size(); runs > kMostRuns)
    throw core::UsageError(fmt::format("{} runs do not fit into one picture: at most {}", runs, kMostRuns));
  auto candidates = open_players(options, request, invocation.parts.networks);
  refuse_unheard(options, request, candidates);
  std::FILE* const chatty = request.json ? stderr : stdout;
  const core::InterruptCatcher catcher;
  watch::watch({request, invocation.parts.networks, windows, request.quiet ? nullptr : chatty},
               std::move(candidates));
  const int signal = core::InterruptCatcher::signal();
  return signal == 0 ? 0 : 128 + signal;
}

}  // namespace rhoam::apps
