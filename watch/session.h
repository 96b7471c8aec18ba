#pragma once
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "rhoam/render/scene/window.h"
#include "rhoam/watch/open_player.h"
#include "rhoam/watch/options.h"
#include "rhoam/watch/playback.h"

namespace rhoam::watch {

/// Results of the watched episodes.
class Summary {
 public:
  /// Adds an episode that has ended and prints one line per simulation to `out` (null: nowhere).
  void add(const Playback& playback, std::FILE* out);
  std::int64_t episodes() const { return episodes_; }
  /// Pictures per second shown by a window.
  void set_frame_rate(double rate) { frame_rate_ = rate; }
  /// One object for --json, with the mean return of each player; return_mean is null if there are several.
  /// `recorded`: the file, or empty.
  std::string json(const std::string& env, const std::string& recorded) const;

 private:
  struct Result {
    std::size_t player;  ///< its number
    std::uint64_t seed;
    double episode_return;
    std::int64_t length;
    std::string ending;
    std::uint64_t hash;
  };
  std::vector<double> returns_of(std::size_t player) const;

  std::vector<Result> results_;
  std::vector<std::string> titles_;  ///< of the players
  std::int64_t episodes_ = 0;
  double frame_rate_ = std::numeric_limits<double>::quiet_NaN();
};

/// Arguments of one call of watch. Borrowed objects must outlive it.
struct WatchSession {
  const WatchOptions& request;
  const agents::Networks& networks;
  const render::WindowSystem* windows;  ///< null is allowed only when recording
  std::FILE* out;                       ///< for the results of episodes; null: nowhere
};

/// Shows the candidates in a window or records them, as requested, until that is done or a signal arrives.
/// With --json, prints a summary at the end. Throws UsageError on a request that does not fit the candidates,
/// before anything is written.
void watch(const WatchSession& watching, std::vector<OpenedPlayer> candidates);

}  // namespace rhoam::watch
