#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "rhoam/envs/draw_list.h"
#include "rhoam/watch/player.h"

namespace rhoam::watch {

/// State of an episode at one step.
struct Moment {
  envs::DrawList scene;
  PolicyOutput thought;          ///< for this state
  std::vector<float> action;     ///< in this state; empty at the end of the episode
  std::vector<float> executed;   ///< given to the world in the previous step; empty at the start
  double episode_return = 0;     ///< so far
  std::vector<double> drifting;  ///< values of the drifting parameters
};

/// A world that plays one episode at a time, remembers it, and can replay it from any step. What is played
/// depends only on player, seed, clocks and input by hand, never on what is shown.
class Simulation {
 public:
  explicit Simulation(Player player);

  /// Starts an episode; a scripted one is played to its end at once. Throws CorruptError when it does not
  /// reproduce its record.
  void start(std::int64_t number, std::uint64_t seed, const core::Clocks& clocks);
  /// Plays one step, with the controller's action or an action [A] by hand. Must not be over().
  void step();
  void step(std::span<const float> action);
  /// Changes a parameter for the rest of the episode. Throws UsageError.
  void set_param(const std::string& name, double value);
  /// Discards everything after this many steps.
  void rewind(std::int64_t steps);
  /// Applies from the next start or rewind on.
  void set_greedy(bool greedy) { greedy_ = greedy; }
  /// Replaces the player from the next start on, with the same parameters and drifts.
  void recast(Player player);

  const Player& player() const { return player_; }
  /// Whether it plays a replay.
  bool scripted() const { return !player_.script.empty(); }
  const envs::EnvSpec& spec() const { return world_.env->spec(); }
  const Episode& episode() const { return episode_; }
  std::vector<envs::VectorEnv::ParamInfo> params() const { return world_.env->params(); }
  /// The drifts, in the order of Moment::drifting.
  const std::vector<envs::Drift>& drifts() const { return world_.drifts; }
  core::Clocks clocks_at(std::int64_t step) const;
  /// Whether something between the player and the world may change actions.
  bool alters_actions() const { return !world_.env->executed(0).empty(); }

  bool over() const { return terminated_ || truncated_; }
  bool terminated() const { return terminated_; }
  /// How the episode ended, in the world's words: "landed", "time limit". Only when it is over().
  std::string ending() const;
  /// Steps played so far; moments 0 … length() exist.
  std::int64_t length() const { return length_; }
  const Moment& moment(std::int64_t step) const { return moments_[static_cast<std::size_t>(step)]; }

 private:
  void begin(std::uint64_t seed, const core::Clocks& clocks);
  void perform(const Episode& script);
  void repeat(const Episode& script, std::int64_t steps);
  void take_moment();

  Player player_;
  training::World world_;
  envs::StepBatch batch_;
  Episode episode_;
  std::vector<float> executed_;  ///< in the last step; empty before the first
  std::vector<Moment> moments_;  ///< the first length_ + 1 belong to this episode
  std::int64_t length_ = 0;
  bool greedy_ = true, terminated_ = false, truncated_ = false;
};

}  // namespace rhoam::watch
