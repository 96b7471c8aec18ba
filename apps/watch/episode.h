#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/clock.h"

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

}  // namespace rhoam::watch
