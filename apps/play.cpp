#include <fmt/core.h>

#include <optional>
#include <utility>

#include "apps/app.h"
#include "apps/watch/casting.h"
#include "apps/watch/film.h"
#include "apps/watch/replay.h"
#include "apps/watch/request.h"
#include "apps/watch/rival.h"
#include "apps/watch/show.h"
#include "core/errors.h"
#include "core/interrupt.h"
#include "core/safetensors.h"
#include "core/statistics.h"

namespace rhoam::apps {
namespace {

using namespace watch;

struct PlayOptions {
  std::string against, out;
  std::uint64_t seed = 0;
  int episodes = 0;
  std::vector<std::string> params, drifts;
  Style style;
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

std::optional<Rival> find_rival(const PlayOptions& chosen, const Setting& setting, const Networks& networks) {
  const auto newest = chosen.against.empty() ? newest_run(setting.env) : std::nullopt;
  const std::string run = newest ? newest->string() : chosen.against;
  if (run.empty()) return std::nullopt;
  auto candidate = cast(run, "best", networks);
  if (!candidate.player.trainee || candidate.player.setting.env != setting.env)
    throw core::UsageError(fmt::format("--against '{}' is no agent for {}", run, setting.env));
  return std::make_optional<Rival>(std::move(candidate.player), setting);
}

/// What was played so far, saved after every episode.
class Game {
 public:
  Game(const Playback& playback, std::optional<Rival> rival, std::string out)
      : playback_(playback),
        rival_(std::move(rival)),
        out_(std::move(out)),
        replay_{playback.stages()[0].player().setting, {}} {}

  /// Takes in an episode that has ended; the line that says how it went.
  std::string add() {
    const auto& episode = playback_.stages()[0].episode();
    replay_.episodes.push_back(episode);
    core::write_safetensors(out_, to_tensors(replay_));
    mine_.push_back(episode.episode_return);
    std::string line = fmt::format("you {:.0f}", mine_.back());
    if (!rival_) return line;
    theirs_.push_back(rival_->play(episode));
    return line + fmt::format(" · agent {:.0f}", theirs_.back());
  }

  std::int64_t episodes() const { return std::ssize(mine_); }
  void print_end() const {
    if (mine_.empty()) return;
    fmt::print("{} episodes: you {:.1f}", mine_.size(), core::mean(mine_));
    if (!theirs_.empty()) fmt::print(", the agent {:.1f}", core::mean(theirs_));
    fmt::print("\nsaved in {0}; next: rhoam watch {0}\n", out_);
  }

 private:
  const Playback& playback_;
  std::optional<Rival> rival_;
  std::string out_;
  Replay replay_;
  std::vector<double> mine_, theirs_;
};

Player person_in(const std::string& env, const PlayOptions& chosen) {
  Player person = make_random_player(env);
  person.title = "you";
  person.setting.params = chosen.params;
  person.setting.drifts = chosen.drifts;
  person.setting.drift_seed = chosen.seed;
  return person;
}

void play(const PlayOptions& chosen, Player person, const Networks& networks) {
  const Setting world = person.setting;
  std::vector<Player> players;
  players.push_back(std::move(person));
  Playback playback(std::move(players), chosen.seed, true);
  auto rival = find_rival(chosen, world, networks);
  const auto size = chosen.style.pixels(chosen.style.wants_charts(false, true), true);
  Studio studio{render::find_theme(chosen.style.theme), Board({})};
  Viewer viewer(playback);
  viewer.show({.overlays = !chosen.style.no_overlays});
  viewer.wait_for_hand();
  const auto window = render::open_window("rhoam · " + world.env, size.width, size.height);
  Game game(playback, std::move(rival), chosen.out.empty() ? free_name(world.env, ".replay") : chosen.out);
  run_show(*window, {.playback = playback, .viewer = viewer, .studio = studio, .on_end = [&] {
                       const auto line = game.add();
                       viewer.notify(line);
                       fmt::print("seed {}: {}\n", playback.seed(), line);
                       return game.episodes() != chosen.episodes;
                     }});
  game.print_end();
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
  if (options.positional().empty())
    throw core::UsageError("play needs an environment, such as LunarLander-v3");
  const core::InterruptCatcher catcher;
  play(chosen, person_in(options.positional()[0], chosen), invocation.networks);
  const int signal = core::InterruptCatcher::signal();
  return signal == 0 ? 0 : 128 + signal;
}

}  // namespace rhoam::apps
