#pragma once
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "rhoam/render/window/window.h"
#include "rhoam/watch/open_player.h"
#include "rhoam/watch/options.h"
#include "rhoam/watch/playback.h"

namespace rhoam::watch {

/// How the episodes went that were watched.
class Summary {
 public:
  /// Takes in an episode that has ended, and says so in a line per stage on `out` (null: nowhere).
  void add(const Playback& playback, std::FILE* out);
  std::int64_t episodes() const { return episodes_; }
  /// Pictures per second that a window has shown.
  void set_frame_rate(double rate) { frame_rate_ = rate; }
  /// One object for --json, with the mean of each player; return_mean is that of the only one. `recorded`:
  /// the file, or empty.
  std::string json(const std::string& env, const std::string& recorded) const;

 private:
  struct Result {
    std::size_t stage;
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

/// One call of watch. What is borrowed must outlive it.
struct WatchSession {
  const WatchOptions& request;
  const agents::Networks& networks;
  const render::WindowSystem* windows;  ///< null: what is not recorded is a programmer's error
  std::FILE* out;                       ///< where episodes are told; null: nowhere
};

/// Shows the candidates in a window or records them, as the request wants it, until that is done or a signal
/// has come. With --json it says at the end how it went. Throws UsageError on a request that does not fit
/// them, before anything is written.
void watch(const WatchSession& watching, std::vector<OpenedPlayer> candidates);

}  // namespace rhoam::watch
