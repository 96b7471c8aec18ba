#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "rhoam/core/clock.h"
#include "rhoam/core/tensors.h"
#include "rhoam/watch/world_config.h"

namespace rhoam::watch {

/// Record of one episode, from which it can be replayed.
struct Episode {
  /// A parameter that was changed by hand.
  struct Change {
    std::int64_t step;  ///< number of actions taken before
    std::string param;
    double value;
  };
  static constexpr std::int64_t kHashEvery = 50;  ///< steps

  std::uint64_t seed = 0;
  core::Clocks start = {};           ///< of the drifts
  std::vector<float> actions = {};   ///< [T, A]
  std::vector<Change> changes = {};  ///< in order of step
  std::vector<std::uint64_t> hashes =
      {};  ///< of the state after every kHashEvery steps, and at the end of the episode
  double episode_return = 0;
};

/// Recorded episodes and their world. A few kB as a safetensors file.
struct Replay {
  static constexpr const char* kFormat = "rhoam replay 1";
  WorldConfig setting;
  std::vector<Episode> episodes;
};

core::Tensors to_tensors(const Replay& replay);

/// Throws UsageError on a path that cannot name a replay: it does not end in .replay, is a folder, or lies in
/// a folder that does not exist.
void check_replay(const std::string& path);

bool is_replay(const core::Tensors& file);

/// Throws CorruptError on anything that to_tensors cannot have written, such as an invalid world. Whether the
/// episodes reproduce is checked when they are played.
Replay replay_of(const core::Tensors& file);

}  // namespace rhoam::watch
