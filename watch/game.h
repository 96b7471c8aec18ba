#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rhoam/watch/playback.h"
#include "rhoam/watch/replay.h"
#include "rhoam/watch/simulation.h"

namespace rhoam::watch {

/// The agent that plays a person's episodes, unseen, in the person's world: not in the one in which it was
/// trained.
class Opponent {
 public:
  /// `world`: the person's. Throws UsageError when the agent's environment is another.
  Opponent(Player agent, const WorldConfig& world);

  /// Its return in the same episode, in which a parameter turns when the person turned it.
  double play(const Episode& episode);

 private:
  Stage stage_;
};

/// What a person has flown: the scores, and a replay that is saved after every episode.
class Game {
 public:
  /// The person flies on the first stage of the playback, which is borrowed. `opponent`: nothing where no
  /// agent plays the same episodes. `out`: a file that check_replay and check_writable have seen.
  Game(const Playback& playback, std::optional<Opponent> opponent, std::string out);

  /// Takes in an episode that has ended, and saves all of them; the line that says how it went.
  std::string add();
  std::int64_t episodes() const { return std::ssize(mine_); }
  /// Why the latest episode could not be saved; empty: it is saved. The next call of add() or finish() tries
  /// again.
  const std::string& failure() const { return failure_; }
  /// Prints the scores and the name of the file. Throws IoError, afterwards, where it could not be written.
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
