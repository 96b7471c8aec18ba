#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rhoam/watch/simulation.h"

namespace rhoam::watch {

/// Worlds that play the same episodes on one clock, and the head: the step that is shown. Steps already
/// played are shown from memory until something is changed.
class Playback {
 public:
  /// Starts the first episode. Throws UsageError when a drift does not fit its world.
  Playback(std::vector<Player> players, std::uint64_t first_seed, bool greedy);

  std::span<Simulation> simulations() { return simulations_; }
  std::span<const Simulation> simulations() const { return simulations_; }
  std::int64_t number() const { return number_; }  ///< of the episode, from 0
  std::uint64_t seed() const { return simulations_[0].episode().seed; }
  bool greedy() const { return greedy_; }
  std::int64_t head() const { return head_; }
  /// The step of a simulation that is shown: the head, or the simulation's end if that is earlier.
  std::int64_t head_of(const Simulation& simulation) const;
  /// Whether the head is at the end of every simulation.
  bool at_end() const;

  /// Advances one step. `hand`: the first simulation's action [A]; empty: its controller's.
  void forward(std::span<const float> hand = {});
  void back();
  /// Plays the episode to its end without moving the head.
  void play_ahead();
  /// Starts the same episode again, without anything done by hand.
  void restart();
  void next();
  void previous();
  /// Applies from the head on; replays are not affected.
  void set_greedy(bool greedy);
  /// Applies from the head on, in every world or, throwing UsageError, in none.
  void set_param(const std::string& name, double value);

 private:
  void start();
  void rewind_to_head();

  std::vector<Simulation> simulations_;
  std::uint64_t first_seed_;
  bool greedy_;
  std::int64_t number_ = 0, head_ = 0;
  std::vector<core::Clocks> starts_;  ///< of the episodes so far
};

}  // namespace rhoam::watch
