#include "rhoam/watch/session.h"

#include <fmt/core.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "rhoam/agents/networks.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/interrupt.h"
#include "rhoam/core/json.h"
#include "rhoam/core/missing.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/core/statistics.h"
#include "rhoam/render/video/recorder.h"
#include "rhoam/watch/film.h"
#include "rhoam/watch/frame.h"
#include "rhoam/watch/hud.h"
#include "rhoam/watch/replay.h"
#include "rhoam/watch/window_loop.h"

namespace rhoam::watch {

void Summary::add(const Playback& playback, std::FILE* out) {
  ++episodes_;
  const auto simulations = playback.simulations();
  titles_.resize(simulations.size());
  for (std::size_t i = 0; i < simulations.size(); ++i) {
    const auto& episode = simulations[i].episode();
    titles_[i] = simulations[i].player().title;
    results_.push_back({.player = i,
                        .seed = episode.seed,
                        .episode_return = episode.episode_return,
                        .length = simulations[i].length(),
                        .ending = simulations[i].ending(),
                        .hash = episode.hashes.back()});
    const auto& result = results_.back();
    if (out != nullptr)
      fmt::print(out, "episode {}, seed {}{}: return {:.1f} in {} steps, {}\n", playback.number() + 1,
                 result.seed, simulations.size() > 1 ? ", " + simulations[i].player().title : "",
                 result.episode_return, result.length, result.ending);
  }
}

std::vector<double> Summary::returns_of(std::size_t player) const {
  std::vector<double> returns;
  for (const auto& result : results_)
    if (result.player == player) returns.push_back(result.episode_return);
  return returns;
}

std::string Summary::json(const std::string& env, const std::string& recorded) const {
  auto players = nlohmann::ordered_json::array(), results = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < titles_.size(); ++i)
    players.push_back({{"title", titles_[i]}, {"return_mean", core::mean(returns_of(i))}});
  for (const auto& result : results_)
    results.push_back({{"player", result.player},
                       {"seed", result.seed},
                       {"return", result.episode_return},
                       {"length", result.length},
                       {"ending", result.ending},
                       {"state_hash", fmt::format("{:016x}", result.hash)}});
  const double alone = titles_.size() == 1 ? core::mean(returns_of(0)) : core::kMissing;
  // NaN becomes null.
  return core::to_text(nlohmann::ordered_json{
      {"env", env},
      {"episodes", episodes_},
      {"return_mean", alone},
      {"players", players},
      {"results", results},
      {"recorded", recorded.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(recorded)},
      {"frames_per_second", frame_rate_}});
}

namespace {

constexpr double kFollowRate = 30;  // pictures per second
constexpr int kPoliteness = 19;     // the highest nice value: a training beside the window comes first

constexpr const char* kReplayEnding = ".replay";

bool records_replay(const WatchOptions& request) { return request.record.ends_with(kReplayEnding); }

void check(const WatchOptions& request, const std::vector<OpenedPlayer>& candidates) {
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
  if (records_replay(request))
    check_replay(request.record);
  else if (!request.record.empty())
    render::check_recording(request.record, {kReplayEnding});
  check_world(request.params, request.drifts);
  const auto& env = candidates[0].player.setting.env;
  for (const auto& other : candidates)
    if (request.ghosts && other.player.setting.env != env)
      throw core::UsageError(fmt::format("--ghosts wants runs of one environment, not {} and {}", env,
                                         other.player.setting.env));
}

/// The runs to chart, each in the colour of its simulation.
std::vector<TrainingCharts::Run> board_runs(const std::vector<OpenedPlayer>& candidates) {
  std::vector<TrainingCharts::Run> runs;
  int color = 0;
  for (const auto& [player, run, file] : candidates) {
    if (!run.empty()) runs.push_back({player.title, run, player.trainee->steps, color});
    ++color;
  }
  return runs;
}

/// A context of the requested size, with charts if requested; a window always has them, to show them later.
FrameContext context_of(const PictureOptions& style, const std::vector<OpenedPlayer>& candidates,
                        bool window) {
  auto runs = board_runs(candidates);
  const bool charts = style.wants_charts(!runs.empty(), window);
  const Size size = style.pixels(charts, window);
  if (!charts && !window) runs.clear();
  return {.theme = render::find_theme(style.theme),
          .board = TrainingCharts(std::move(runs)),
          .image = render::Image(size.width, size.height)};
}

Viewer viewer_of(const WatchOptions& request, Playback& playback, bool charts) {
  Viewer viewer(playback);
  viewer.show({.overlays = !request.style.no_overlays, .charts = charts, .ghosts = request.ghosts});
  viewer.set_speed(request.speed);
  return viewer;
}

/// Episodes of a film: as many as requested, or all of a replay.
std::int64_t film_length(const WatchOptions& request, const std::vector<OpenedPlayer>& candidates) {
  if (request.episodes > 0) return request.episodes;
  std::int64_t episodes = 1;
  for (const auto& candidate : candidates)
    episodes = std::max<std::int64_t>(episodes, std::ssize(candidate.player.script));
  return episodes;
}

/// The caption of a story's clip.
std::string caption_of(const Playback& playback) {
  const Simulation& simulation = playback.simulations()[0];
  return fmt::format("after {} steps · return {:.0f}", simulation.player().trainee->steps,
                     simulation.episode().episode_return);
}

/// The candidates while they are watched.
class Session {
 public:
  Session(const WatchSession& watching, std::vector<OpenedPlayer> candidates)
      : session_(watching),
        request_(watching.request),
        candidates_(std::move(candidates)),
        env_(candidates_[0].player.setting.env),
        episodes_(film_length(request_, candidates_)),
        context_(context_of(request_.style, candidates_, request_.record.empty())) {}

  void run() {
    if (request_.record.empty())
      show();
    else if (records_replay(request_))
      record_replay();
    else
      record_film();
    if (session_.out != nullptr && !request_.record.empty())
      fmt::print(session_.out, "recorded to {}\n", request_.record);
    if (request_.json) fmt::print("{}\n", summary_.json(env_, request_.record));
  }

 private:
  /// The candidates as players of a playback.
  Playback start() {
    std::vector<Player> players;
    for (auto& [player, run, file] : candidates_) {
      auto& setting = player.setting;
      if (!player.script.empty() && !(request_.params.empty() && request_.drifts.empty()))
        throw core::UsageError("a replay keeps its world: --param and --drift cannot change it");
      setting.params.insert(setting.params.end(), request_.params.begin(), request_.params.end());
      setting.drifts.insert(setting.drifts.end(), request_.drifts.begin(), request_.drifts.end());
      players.push_back(std::move(player));
    }
    return Playback(std::move(players), request_.seed, !request_.stochastic);
  }

  void record_replay() {
    Playback playback = start();
    render::check_writable(request_.record);
    Replay replay{playback.simulations()[0].player().setting, {}};
    for (std::int64_t i = 0; i < episodes_ && core::InterruptCatcher::signal() == 0; ++i) {
      if (i > 0) playback.next();
      playback.play_ahead();
      summary_.add(playback, session_.out);
      replay.episodes.push_back(playback.simulations()[0].episode());
    }
    core::write_safetensors(request_.record, to_tensors(replay));
  }

  void record_film() {
    if (request_.story) return record_story();
    Playback playback = start();
    const auto recorder = render::make_recorder(request_.record, Viewer::kStepsPerSecond);
    record_episodes(playback, *recorder);
    recorder->finish();
  }

  void record_story() {
    const auto recorder = render::make_recorder(request_.record, Viewer::kStepsPerSecond);
    for (const auto& file : checkpoints_of(candidates_[0].run)) {
      candidates_[0].player = open_player(file.string(), "", session_.networks).player;
      if (!context_.board.empty()) context_.board.move(0, candidates_[0].player.trainee->steps);
      Playback playback = start();
      if (!record_episodes(playback, *recorder)) break;
    }
    recorder->finish();
  }

  /// Returns false when a signal arrived.
  bool record_episodes(Playback& playback, render::Recorder& recorder) {
    Viewer viewer = viewer_of(request_, playback, true);
    for (std::int64_t i = 0; i < episodes_; ++i) {
      if (i > 0) playback.next();
      if (request_.story) playback.play_ahead();
      viewer.begin_episode();
      const std::string caption = request_.story ? caption_of(playback) : "";
      if (!record_episode(playback, viewer, caption, context_, recorder)) return false;
      summary_.add(playback, session_.out);
    }
    return true;
  }

  void show() {
    std::optional<Follower> follower;
    if (request_.follow) {
      follower.emplace(candidates_[0], session_.networks);
      ::nice(kPoliteness);
    }
    Playback playback = start();
    const bool charts = request_.style.wants_charts(!context_.board.empty(), true);
    Viewer viewer = viewer_of(request_, playback, charts);
    const auto window = open();
    Show show{.playback = playback,
              .viewer = viewer,
              .context = context_,
              .on_end =
                  [&] {
                    summary_.add(playback, session_.out);
                    return summary_.episodes() != request_.episodes;
                  },
              .follower = follower ? &*follower : nullptr};
    if (request_.follow) show.frames_per_second = kFollowRate;
    summary_.set_frame_rate(run_window_loop(*window, show));
  }

  std::unique_ptr<render::Window> open() const {
    try {
      return session_.windows->open("rhoam · " + env_, context_.image.width(), context_.image.height());
    } catch (const render::NoDisplay& error) {
      throw core::UsageError(std::string(error.what()) + ": watch with --record out.mp4, which needs none");
    }
  }

  const WatchSession& session_;
  const WatchOptions& request_;
  std::vector<OpenedPlayer> candidates_;
  std::string env_;
  std::int64_t episodes_;  ///< of a film or a replay, or of each clip of a story
  FrameContext context_;
  Summary summary_;
};

}  // namespace

void watch(const WatchSession& watching, std::vector<OpenedPlayer> candidates) {
  check(watching.request, candidates);
  Session(watching, std::move(candidates)).run();
}

}  // namespace rhoam::watch
