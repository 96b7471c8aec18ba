#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rhoam/agents/registry.h"
#include "rhoam/core/options.h"
#include "rhoam/core/tensors.h"

namespace rhoam::training {

/// Everything that decides a training's result, and nothing else: the content of config.ini and of a
/// checkpoint's metadata.
class TrainingConfig {
 public:
  /// With the tuned defaults of this pair; `algorithm` empty means the environment's default. `drifting`:
  /// some drift will be declared, which has defaults of its own. Throws UsageError on unknown names.
  TrainingConfig(const std::string& env, const std::string& algorithm, bool drifting = false);
  /// The training that a checkpoint belongs to. Throws CorruptError when its metadata does not hold one.
  static TrainingConfig of(const core::Tensors& checkpoint);
  /// The training that a config.ini describes; what is no option of one is skipped. Throws UsageError.
  static TrainingConfig from_config(const std::filesystem::path& file);

  static constexpr const char* kFormat = "rhoam checkpoint 2";
  /// Before the pace of updates and the phases of the wind were saved: plays, and cannot be resumed.
  static constexpr const char* kFirstFormat = "rhoam checkpoint 1";

  /// Declares all options of this training; the object must outlive `options`.
  void describe(core::Options& options);
  /// To be called when the options have been applied. Normalised rewards have their scale already: the tuned
  /// reward scale becomes 1 and `remark` says so, unless somebody has given one.
  void drop_tuned_reward_scale(const core::Options& options);
  /// All options, in the grammar of a config file.
  std::string options_text();
  /// What says in a checkpoint which training it belongs to; `of` reads it.
  std::map<std::string, std::string> metadata();
  /// The text of config.ini: the same with environment and algorithm.
  std::string config_text();

  std::string env, algorithm;
  std::uint64_t seed = 0;
  std::int64_t steps = 100'000;
  int rows = 8;
  std::int64_t eval_every = 10'000;  ///< environment steps; 0 is only at the end
  int eval_episodes = 100;
  std::int64_t checkpoint_every = 0;  ///< environment steps; 0 is a tenth of the training
  int keep_checkpoints = 0;           ///< of the numbered ones; 0 is all
  std::int64_t introspect_every = 0;  ///< environment steps; 0 is never
  bool normalize_observation = false, normalize_reward = false;
  std::vector<double> observation_scale;  ///< empty, or one factor per component
  double reward_scale = 1;
  std::vector<std::string> params;  ///< NAME=VALUE of world parameters
  std::vector<std::string> drifts;  ///< PARAM:SCHEDULE
  std::unique_ptr<agents::AgentPlan> plan;
  std::string remark;  ///< a line on what was chosen for the user, to be said at the start; empty as a rule
};

/// Options::ignore_switches_of the trainings of all algorithms.
void ignore_switches(core::Options& options);

/// The environment among the words that `options` took in: the first one, else `named` by the option "env".
/// Throws UsageError when both are there.
std::string environment_of(const core::Options& options, const std::string& named);

}  // namespace rhoam::training
