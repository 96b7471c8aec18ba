#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "rhoam/core/clock.h"
#include "rhoam/core/tensors.h"
#include "rhoam/watch/world_config.h"

namespace rhoam::watch {

/// All that happened in one episode, so that it can be played again.
struct Episode {
  /// A parameter that was turned by hand.
  struct Change {
    std::int64_t step;  ///< actions taken before
    std::string param;
    double value;
  };
  static constexpr std::int64_t kHashEvery = 50;  ///< steps

  std::uint64_t seed = 0;
  core::Clocks start = {};           ///< where the drifts stood
  std::vector<float> actions = {};   ///< [T, A]
  std::vector<Change> changes = {};  ///< in order of time
  std::vector<std::uint64_t> hashes =
      {};  ///< of the state after every kHashEvery steps, and at the end of the episode
  double episode_return = 0;
};

/// Episodes that can be played again: a world, and what was done in it. A few kB as a safetensors file.
struct Replay {
  static constexpr const char* kFormat = "rhoam replay 1";
  WorldConfig setting;
  std::vector<Episode> episodes;
};

core::Tensors to_tensors(const Replay& replay);

/// Throws UsageError on a path that is no name for a replay: one that does not end in .replay, a folder, or a
/// file in a folder that is not there.
void check_replay(const std::string& path);

bool is_replay(const core::Tensors& file);

/// Throws CorruptError on what to_tensors cannot have written, a world that there cannot be included. Whether
/// the episodes come out as recorded shows when they are performed.
Replay replay_of(const core::Tensors& file);

}  // namespace rhoam::watch
