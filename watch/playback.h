#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rhoam/watch/simulation.h"

namespace rhoam::watch {

/// Worlds that play the same episodes on one clock, and the moment of theirs that is shown: the head. What
/// was played once is only shown again, until something is changed.
class Playback {
 public:
  /// Starts the first episode. Throws UsageError when worlds and drifts do not fit.
  Playback(std::vector<Player> players, std::uint64_t first_seed, bool greedy);

  std::span<Stage> stages() { return stages_; }
  std::span<const Stage> stages() const { return stages_; }
  std::int64_t number() const { return number_; }  ///< of the episode, from 0
  std::uint64_t seed() const { return stages_[0].episode().seed; }
  bool greedy() const { return greedy_; }
  std::int64_t head() const { return head_; }
  /// The step of a stage that is shown: the head, or its end.
  std::int64_t head_of(const Stage& stage) const;
  /// The head stands at the end of every stage.
  bool at_end() const;

  /// One step on. `hand`: the first stage's action; empty: its controller's.
  void forward(std::span<const float> hand = {});
  void back();
  /// Plays the episode to its end, without moving the head.
  void play_ahead();
  /// The same episode once more, as the players play it.
  void restart();
  void next();
  void previous();
  /// From the head on; what is on record stays as it is.
  void set_greedy(bool greedy);
  /// From the head on, in every world or in none; throws UsageError.
  void set_param(const std::string& name, double value);

 private:
  void start();
  void rewind_to_head();

  std::vector<Stage> stages_;
  std::uint64_t first_seed_;
  bool greedy_;
  std::int64_t number_ = 0, head_ = 0;
  std::vector<core::Clocks> starts_;  ///< of the episodes so far
};

}  // namespace rhoam::watch
