#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "rhoam/watch/player.h"

namespace rhoam::watch {

/// Player named by a word on the command line, with its files.
struct OpenedPlayer {
  Player player;
  std::filesystem::path run = {};   ///< the run directory; empty: none
  std::filesystem::path file = {};  ///< the checkpoint or replay
};

/// Opens a run directory, a checkpoint, a replay, or else an environment. Throws UsageError when the word is
/// none of these, CorruptError on a damaged file.
OpenedPlayer open_player(const std::string& word, const std::string& checkpoint,
                         const agents::Networks& networks);

/// The numbered checkpoints of a run, in order of steps. Throws UsageError if there are none.
std::vector<std::filesystem::path> checkpoints_of(const std::filesystem::path& run);

/// The run under runs/<env>/ whose best checkpoint (without one: the last) is the newest; nothing if there is
/// none.
std::optional<std::filesystem::path> newest_run(const std::string& env);

/// Titles each player with the options in which the trainings differ.
void tell_apart(std::vector<OpenedPlayer>& candidates);

/// Detects when a training has written a new last checkpoint.
class Follower {
 public:
  /// `followed`: the agent of a run that is watched first.
  Follower(const OpenedPlayer& followed, const agents::Networks& networks);

  /// The agent of the last checkpoint if it is new; nothing if it is not, cannot be read, or is for another
  /// environment.
  std::optional<Player> newest();
  /// Whether the run directory has vanished.
  bool gone() const;
  /// The environment of the run now in this directory, if it is another; else nothing.
  std::optional<std::string> displaced_by() const;

 private:
  std::filesystem::path run_;
  std::string env_;
  agents::Networks networks_;
  std::int64_t steps_;  ///< of the latest checkpoint
  std::filesystem::file_time_type seen_{};
};

}  // namespace rhoam::watch
