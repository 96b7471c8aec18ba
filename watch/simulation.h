#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "rhoam/envs/draw_list.h"
#include "rhoam/watch/player.h"

namespace rhoam::watch {

/// What there was to see and to know at one step of an episode.
struct Moment {
  envs::DrawList scene;
  PolicyOutput thought;          ///< about this state
  std::vector<float> action;     ///< that follows; empty at the end of the episode
  std::vector<float> executed;   ///< what the world was given in the step before; empty at the start
  double episode_return = 0;     ///< so far
  std::vector<double> drifting;  ///< values of the drifting parameters
};

/// One world in which one episode at a time is played, remembered, and played again from any step. What is
/// played depends on player, seed and clocks alone, never on who looks.
class Stage {
 public:
  explicit Stage(Player player);

  /// A new episode; a scripted one is performed as a whole. Throws CorruptError when it does not come out as
  /// it was recorded.
  void start(std::int64_t number, std::uint64_t seed, const core::Clocks& clocks);
  /// Plays one step: by the controller, or an action [A] by hand. Not when it is over.
  void step();
  void step(std::span<const float> action);
  /// Turns a parameter for the rest of the episode. Throws UsageError.
  void set_param(const std::string& name, double value);
  /// Forgets what came after so many steps.
  void rewind(std::int64_t steps);
  /// From the next start or rewind on.
  void set_greedy(bool greedy) { greedy_ = greedy; }
  /// Another player from the next start on, under the same parameters and drifts.
  void recast(Player player);

  const Player& player() const { return player_; }
  /// Plays what is on record.
  bool scripted() const { return !player_.script.empty(); }
  const envs::EnvSpec& spec() const { return world_.env->spec(); }
  const Episode& episode() const { return episode_; }
  std::vector<envs::VectorEnv::ParamInfo> params() const { return world_.env->params(); }
  /// The drifts, in the order of Moment::drifting.
  const std::vector<envs::Drift>& drifts() const { return drifts_; }
  core::Clocks clocks_at(std::int64_t step) const;
  /// Something between the player and the world may change actions.
  bool alters_actions() const { return !world_.env->executed(0).empty(); }

  bool over() const { return terminated_ || truncated_; }
  bool terminated() const { return terminated_; }
  /// Steps played so far; there is a moment for each from 0 on.
  std::int64_t length() const { return length_; }
  const Moment& moment(std::int64_t step) const { return moments_[static_cast<std::size_t>(step)]; }

 private:
  void begin(std::uint64_t seed, const core::Clocks& clocks);
  void perform(const Episode& script);
  void repeat(const Episode& script, std::int64_t steps);
  void take_moment();

  Player player_;
  training::World world_;
  std::vector<envs::Drift> drifts_;
  envs::StepBatch batch_;
  Episode episode_;
  std::vector<float> executed_;  ///< in the last step; empty before the first
  std::vector<Moment> moments_;  ///< the first length_ + 1 are of this episode
  std::int64_t length_ = 0;
  bool greedy_ = true, terminated_ = false, truncated_ = false;
};

}  // namespace rhoam::watch
