#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "rhoam/watch/player.h"

namespace rhoam::watch {

/// What a word on the command line means.
struct OpenedPlayer {
  Player player;
  std::filesystem::path run = {};   ///< the run directory; empty: there is none
  std::filesystem::path file = {};  ///< the checkpoint or replay
};

/// A run directory, a checkpoint, a replay, or else an environment. Throws UsageError naming what it could
/// be, CorruptError on a damaged file.
OpenedPlayer open_player(const std::string& word, const std::string& checkpoint,
                         const agents::Networks& networks);

/// Every checkpoint of a run by its steps, from the first on. Throws UsageError where there is none.
std::vector<std::filesystem::path> checkpoints_of(const std::filesystem::path& run);

/// The run under runs/<env>/ whose best checkpoint is the newest; nothing where there is none.
std::optional<std::filesystem::path> newest_run(const std::string& env);

/// Gives players titles that say what differs among their trainings.
void tell_apart(std::vector<OpenedPlayer>& candidates);

/// Notices when a training has written another last checkpoint.
class Follower {
 public:
  /// `followed`: the agent of a run that is watched so far.
  Follower(const OpenedPlayer& followed, const agents::Networks& networks);

  /// The agent of the last checkpoint, where it is another than the one before; nothing while there is none
  /// that can be read, or one for another environment.
  std::optional<Player> newest();
  /// The run has vanished.
  bool gone() const;
  /// The environment of another run that has taken this one's place; nothing while there is none.
  std::optional<std::string> displaced_by() const;

 private:
  std::filesystem::path run_;
  std::string env_;
  agents::Networks networks_;
  std::int64_t steps_;  ///< of the latest one
  std::filesystem::file_time_type seen_{};
};

}  // namespace rhoam::watch
