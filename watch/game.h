#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rhoam/watch/playback.h"
#include "rhoam/watch/replay.h"
#include "rhoam/watch/simulation.h"

namespace rhoam::watch {

/// Agent that plays a person's episodes in the background, in the person's world instead of the one in which
/// it was trained.
class Opponent {
 public:
  /// `world`: the person's. Throws UsageError when the agent is for another environment.
  Opponent(Player agent, const WorldConfig& world);

  /// Its return in the same episode, with the person's changes of parameters at the same steps.
  double play(const Episode& episode);

 private:
  Simulation simulation_;
};

/// Scores of a person, and a replay that is saved after every episode.
class Game {
 public:
  /// The person controls the first simulation of the playback, which is borrowed. `opponent`: nothing if no
  /// agent plays the same episodes. `out`: a file that has passed check_replay and check_writable.
  Game(const Playback& playback, std::optional<Opponent> opponent, std::string out);

  /// Adds an episode that has ended and saves all of them. Returns one line with the result.
  std::string add();
  std::int64_t episodes() const { return std::ssize(mine_); }
  /// Why the latest episode could not be saved; empty if it was. The next add() or finish() retries.
  const std::string& failure() const { return failure_; }
  /// Prints the scores and the name of the file, then throws IoError if it could not be written.
  void finish();

 private:
  void save();

  const Playback& playback_;
  std::optional<Opponent> opponent_;
  std::string out_, failure_;
  Replay replay_;
  std::vector<double> mine_, theirs_;
};

}  // namespace rhoam::watch
