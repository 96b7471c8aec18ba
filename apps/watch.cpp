#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "apps/app.h"
#include "apps/watch/casting.h"
#include "apps/watch/film.h"
#include "apps/watch/replay.h"
#include "apps/watch/request.h"
#include "apps/watch/show.h"
#include "apps/watch/summary.h"
#include "core/errors.h"
#include "core/interrupt.h"
#include "core/safetensors.h"
#include "core/text.h"

namespace rhoam::apps {
namespace {

using namespace watch;

constexpr std::size_t kMostRuns = 12;           // in one picture
constexpr double kRate = 60, kFollowRate = 30;  // pictures per second
constexpr int kPoliteness = 19;  // towards a training beside which a window runs: the most there is

bool records_replay(const Request& request) { return request.record.ends_with(".replay"); }

void check(const Request& request, const std::vector<Candidate>& candidates) {
  const bool one = candidates.size() == 1;
  if (request.story && request.record.empty())
    throw core::UsageError("--story is a film: say where to with --record story.mp4");
  if ((request.story || request.follow) && (!one || candidates[0].run.empty()))
    throw core::UsageError(fmt::format("{} takes one run directory, such as runs/latest",
                                       request.story ? "--story" : "--follow"));
  if (request.follow && !request.record.empty())
    throw core::UsageError("--follow opens a window; a film of a training is --story");
  if (records_replay(request) && (!one || request.story))
    throw core::UsageError("a replay holds one player: give one run or environment, without --story");
  const auto& env = candidates[0].player.setting.env;
  for (const auto& other : candidates)
    if (request.ghosts && other.player.setting.env != env)
      throw core::UsageError(fmt::format("--ghosts wants runs of one environment, not {} and {}", env,
                                         other.player.setting.env));
}

std::vector<Player> players_of(std::vector<Candidate>& candidates, const Request& request) {
  std::vector<Player> players;
  for (auto& candidate : candidates) {
    auto& setting = candidate.player.setting;
    if (!candidate.player.script.empty() && !(request.params.empty() && request.drifts.empty()))
      throw core::UsageError("a replay keeps its world: --param and --drift cannot change it");
    setting.params.insert(setting.params.end(), request.params.begin(), request.params.end());
    setting.drifts.insert(setting.drifts.end(), request.drifts.begin(), request.drifts.end());
    players.push_back(std::move(candidate.player));
  }
  return players;
}

std::vector<Board::Run> board_runs(const std::vector<Candidate>& candidates) {
  std::vector<Board::Run> runs;
  for (const auto& [player, run, file] : candidates)
    if (!run.empty()) runs.push_back({player.title, run, player.trainee->steps});
  return runs;
}

/// One call of watch.
struct Watching {
  const Request& request;
  const Networks& networks;
  std::vector<Candidate>& candidates;
  Summary summary = {};
  std::FILE* out;  ///< where episodes are told; null: nowhere

  int episodes() const { return std::max(1, request.episodes); }
};

/// What a clip of a story says of its checkpoint.
std::string caption_of(const Playback& playback) {
  const Stage& stage = playback.stages()[0];
  return fmt::format("after {} steps · return {:.0f}", stage.player().trainee->steps,
                     stage.episode().episode_return);
}

/// Plays the episodes that were asked for into a recorder; false when a signal came.
bool film(Watching& watching, Playback& playback, bool captions, Studio& studio, render::Recorder& recorder) {
  const Request& request = watching.request;
  Viewer viewer(playback);
  viewer.show({.overlays = !request.style.no_overlays, .charts = true, .ghosts = request.ghosts});
  viewer.set_speed(request.speed);
  for (int i = 0; i < watching.episodes(); ++i) {
    if (i > 0) playback.next();
    if (captions) playback.play_ahead();
    viewer.begin_episode();
    const std::string caption = captions ? caption_of(playback) : "";
    if (!record_episode(playback, viewer, caption, studio, recorder)) return false;
    watching.summary.add(playback, watching.out);
  }
  return true;
}

Playback start(Watching& watching) {
  return Playback(players_of(watching.candidates, watching.request), watching.request.seed,
                  !watching.request.stochastic);
}

void record_replay(Watching& watching) {
  Playback playback = start(watching);
  Replay replay{playback.stages()[0].player().setting, {}};
  for (int i = 0; i < watching.episodes() && core::InterruptCatcher::signal() == 0; ++i) {
    if (i > 0) playback.next();
    playback.play_ahead();
    watching.summary.add(playback, watching.out);
    replay.episodes.push_back(playback.stages()[0].episode());
  }
  core::write_safetensors(watching.request.record, to_tensors(replay));
}

void record_film(Watching& watching) {
  const Request& request = watching.request;
  const auto& theme = render::find_theme(request.style.theme);
  Board board(board_runs(watching.candidates));
  const bool charts = request.style.wants_charts(!board.empty(), false);
  if (!charts) board = Board({});
  const Size size = request.style.pixels(charts, false);
  Studio studio{theme, board, render::Image(size.width, size.height)};
  render::check_recording(request.record);
  Playback playback = start(watching);
  const auto recorder = render::make_recorder(request.record, Viewer::kStepsPerSecond);
  film(watching, playback, false, studio, *recorder);
  recorder->finish();
}

void record_story(Watching& watching) {
  const Request& request = watching.request;
  const auto run = watching.candidates[0].run;
  Board board(board_runs(watching.candidates));
  const bool charts = request.style.wants_charts(!board.empty(), false);
  if (!charts) board = Board({});
  const Size size = request.style.pixels(charts, false);
  Studio studio{render::find_theme(request.style.theme), board, render::Image(size.width, size.height)};
  render::check_recording(request.record);
  const auto recorder = render::make_recorder(request.record, Viewer::kStepsPerSecond);
  for (const auto& file : checkpoints_of(run)) {
    watching.candidates[0] = cast(file.string(), "", watching.networks);
    if (charts) board.move(0, watching.candidates[0].player.trainee->steps);
    Playback playback = start(watching);
    if (!film(watching, playback, true, studio, *recorder)) break;
  }
  recorder->finish();
}

void open_show(Watching& watching) {
  const Request& request = watching.request;
  Board board(board_runs(watching.candidates));
  const bool charts = request.style.wants_charts(!board.empty(), true);
  const Size size = request.style.pixels(charts, true);
  Studio studio{render::find_theme(request.style.theme), board};
  std::optional<Follower> follower;
  if (request.follow) {
    follower.emplace(watching.candidates[0], watching.networks);
    ::nice(kPoliteness);
  }
  const std::string env = watching.candidates[0].player.setting.env;
  Playback playback = start(watching);
  Viewer viewer(playback);
  viewer.show({.overlays = !request.style.no_overlays, .charts = charts, .ghosts = request.ghosts});
  viewer.set_speed(request.speed);
  const auto window = render::open_window("rhoam · " + env, size.width, size.height);
  const double frame_rate = run_show(*window, {.playback = playback,
                                               .viewer = viewer,
                                               .studio = studio,
                                               .on_end =
                                                   [&] {
                                                     watching.summary.add(playback, watching.out);
                                                     return watching.summary.episodes() != request.episodes;
                                                   },
                                               .follower = follower ? &*follower : nullptr,
                                               .frames_per_second = request.follow ? kFollowRate : kRate});
  watching.summary.set_frame_rate(frame_rate);
}

/// Plays as asked; the exit code.
int watch_all(Watching& watching) {
  const Request& request = watching.request;
  const std::string env = watching.candidates[0].player.setting.env;
  const core::InterruptCatcher catcher;
  if (request.record.empty())
    open_show(watching);
  else if (records_replay(request))
    record_replay(watching);
  else if (request.story)
    record_story(watching);
  else
    record_film(watching);
  if (watching.out != nullptr && !request.record.empty())
    fmt::print(watching.out, "recorded to {}\n", request.record);
  if (request.json) fmt::print("{}\n", watching.summary.json(env, request.record));
  const int signal = core::InterruptCatcher::signal();
  return signal == 0 ? 0 : 128 + signal;
}

}  // namespace

int run_watch(const Invocation& invocation) {
  Request request;
  core::Options options;
  request.describe(options);
  options.parse(invocation.args, std::numeric_limits<std::size_t>::max());
  options.apply();
  if (request.help) {
    fmt::print("Usage: rhoam watch RUN|ENV-ID|FILE [more to compare] [options]\n\n{}\nKeys in the window\n",
               options.help());
    for (const auto& [keys, does] : Viewer::keys()) fmt::print("  {:<8} {}\n", keys, does);
    return 0;
  }
  if (options.positional().empty())
    throw core::UsageError("watch needs a run such as runs/latest, a checkpoint, a replay or an environment");
  if (const auto runs = options.positional().size(); runs > kMostRuns)
    throw core::UsageError(fmt::format("{} runs do not fit into one picture: at most {}", runs, kMostRuns));
  std::vector<Candidate> candidates;
  const std::string checkpoint = request.follow && !options.given("checkpoint") ? "last" : request.checkpoint;
  for (const auto& word : options.positional())
    candidates.push_back(cast(word, checkpoint, invocation.networks));
  tell_apart(candidates);
  check(request, candidates);
  Watching watching{.request = request,
                    .networks = invocation.networks,
                    .candidates = candidates,
                    .out = request.quiet  ? nullptr
                           : request.json ? stderr
                                          : stdout};
  return watch_all(watching);
}

}  // namespace rhoam::apps
