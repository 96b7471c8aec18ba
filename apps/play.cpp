#include <fmt/core.h>

#include <cstdio>
#include <optional>
#include <utility>

#include "rhoam/apps/verbs.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/interrupt.h"
#include "rhoam/core/terminal.h"
#include "rhoam/render/video/recorder.h"
#include "rhoam/watch/film.h"
#include "rhoam/watch/frame.h"
#include "rhoam/watch/game.h"
#include "rhoam/watch/open_player.h"
#include "rhoam/watch/options.h"
#include "rhoam/watch/window_loop.h"

namespace rhoam::apps {
namespace {

using namespace watch;

struct PlayOptions {
  std::string against, out;
  std::uint64_t seed = 0;
  int episodes = 0;
  std::vector<std::string> params, drifts;
  PictureOptions style;
  bool help = false;

  void describe(core::Options& options) {
    options.section("Game");
    options.add("seed", seed, "seed of the first episode; each next one has the next seed");
    options.add("episodes", episodes, "end after so many; 0: when the window is closed",
                {.low = 0, .high = 1 << 20});
    options.add("against", against,
                "run of the agent that plays the same seeds; default: the newest one here");
    options.add("out", out, "replay file of the episodes; default: <env>-<time>.replay");
    options.list("param", params, "NAME=VALUE of a parameter of the world; see 'rhoam list'");
    options.list("drift", drifts, "PARAM:SCHEDULE in steps or episodes; it begins with the first episode");
    style.describe(options);
    options.flag("help", help, "show this text");
  }
};

std::optional<Opponent> find_opponent(const PlayOptions& chosen, const WorldConfig& setting,
                                      const agents::Networks& networks) {
  const auto newest = chosen.against.empty() ? newest_run(setting.env) : std::nullopt;
  const std::string run = newest ? newest->string() : chosen.against;
  if (run.empty()) return std::nullopt;
  auto candidate = open_player(run, "best", networks);
  if (!candidate.player.trainee || candidate.player.setting.env != setting.env)
    throw core::UsageError(fmt::format("--against '{}' is no agent for {}", run, setting.env));
  return std::make_optional<Opponent>(std::move(candidate.player), setting);
}

Player person_in(const std::string& env, const PlayOptions& chosen) {
  check_world(chosen.params, chosen.drifts);
  Player person = make_random_player(env);
  person.title = "you";
  person.setting.params = chosen.params;
  person.setting.drifts = chosen.drifts;
  person.setting.drift_seed = chosen.seed;
  return person;
}

void demand_display(const render::WindowSystem& windows) {
  try {
    windows.check();
  } catch (const render::NoDisplay& error) {
    throw core::UsageError(std::string(error.what()) +
                           ": play needs a window; over a network ssh -X or VNC gives one");
  }
}

/// Reports an episode that has ended. Returns false if it was the last one.
bool end_episode(std::uint64_t seed, Game& game, Viewer& viewer, const PlayOptions& chosen) {
  const auto line = game.add();
  fmt::print("seed {}: {}\n", seed, line);
  std::fflush(stdout);  // losing the display ends the process at once
  viewer.notify(game.failure().empty() ? line : line + " · " + game.failure());
  if (!game.failure().empty()) core::print_error(game.failure());
  return game.episodes() != chosen.episodes;
}

void play(const PlayOptions& chosen, Player person, const Parts& parts) {
  const auto& windows = windows_of(parts);
  const WorldConfig world = person.setting;
  const auto out = chosen.out.empty() ? free_name(world.env, ".replay") : chosen.out;
  std::vector<Player> players;
  players.push_back(std::move(person));
  Playback playback(std::move(players), chosen.seed, true);
  auto opponent = find_opponent(chosen, world, parts.networks);
  const auto size = chosen.style.pixels(chosen.style.wants_charts(false, true), true);
  FrameContext context{render::find_theme(chosen.style.theme), TrainingCharts({})};
  Viewer viewer(playback);
  viewer.show({.overlays = !chosen.style.no_overlays});
  viewer.wait_for_hand();
  check_replay(out);
  demand_display(windows);
  render::check_writable(out);
  const auto window = windows.open("rhoam · " + world.env, size.width, size.height);
  if (!opponent)
    fmt::print("no agent plays along: runs/{0} holds no run; rhoam train {0} makes one\n", world.env);
  Game game(playback, std::move(opponent), out);
  run_window_loop(*window, {.playback = playback, .viewer = viewer, .context = context, .on_end = [&] {
                              return end_episode(playback.seed(), game, viewer, chosen);
                            }});
  game.finish();
}

}  // namespace

int run_play(const Invocation& invocation) {
  PlayOptions chosen;
  core::Options options;
  chosen.describe(options);
  options.parse(invocation.args, 1);
  options.apply();
  if (chosen.help) {
    fmt::print("Usage: rhoam play ENV-ID [options]\n\n{}", options.help());
    return 0;
  }
  refuse_empty(options);
  if (options.positional().empty())
    throw core::UsageError("play needs an environment, such as LunarLander-v3");
  const core::InterruptCatcher catcher;
  play(chosen, person_in(options.positional()[0], chosen), invocation.parts);
  const int signal = core::InterruptCatcher::signal();
  return signal == 0 ? 0 : 128 + signal;
}

}  // namespace rhoam::apps
