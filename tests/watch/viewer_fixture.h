#pragma once
#include <gtest/gtest.h>

#include <utility>

#include "rhoam/tests/watch/players.h"
#include "rhoam/watch/viewer.h"

namespace rhoam::watch {

inline constexpr double kFrame = 1.0 / 64;  // a fraction that adds up without rounding

/// One world and who looks at it.
class ViewerTest : public testing::Test {
 protected:
  explicit ViewerTest(Player player = random_player("LunarLander-v3"))
      : playback_(only(std::move(player)), 3, true), viewer_(playback_) {}

  void press(std::u32string_view keys) {
    for (const auto key : keys) viewer_.press(key);
  }
  void pass(double seconds, Held held = {}) {
    for (double t = 0; t < seconds; t += kFrame) viewer_.pass(kFrame, held);
  }
  void play_to_the_end() {
    while (!playback_.at_end()) viewer_.pass(kFrame, {});
  }
  const Simulation& simulation() const { return playback_.simulations()[0]; }
  double param() const { return simulation().params()[0].value; }

  Playback playback_;
  Viewer viewer_;
};

}  // namespace rhoam::watch
