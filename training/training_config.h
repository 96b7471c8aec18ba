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

/// The configuration of a training: everything that decides its result, and nothing else; the content of
/// config.ini and of a checkpoint's metadata.
class TrainingConfig {
 public:
  /// Starts from the tuned defaults of environment and algorithm; `algorithm` empty means the environment's
  /// default. `drifting`: drifts will be declared, which have their own defaults. Throws UsageError on
  /// unknown names.
  TrainingConfig(const std::string& env, const std::string& algorithm, bool drifting = false);
  /// The configuration stored in a checkpoint. Throws CorruptError when its metadata has no valid one.
  static TrainingConfig of(const core::Tensors& checkpoint);
  /// The configuration that a config.ini describes; anything but its options is skipped. Throws UsageError.
  static TrainingConfig from_config(const std::filesystem::path& file,
                                    core::Unknown unknown = core::Unknown::skip);

  static constexpr const char* kFormat = "rhoam checkpoint 2";
  /// The format before the pace of updates and the phases of the wind were saved: can be played, not resumed.
  static constexpr const char* kFirstFormat = "rhoam checkpoint 1";

  /// Declares all options; the object must outlive `options`.
  void describe(core::Options& options);
  /// To be called after the options have been applied. Normalised rewards are scaled already: the tuned
  /// reward scale becomes 1 and `remark` says so, unless the user has given one.
  void drop_tuned_reward_scale(const core::Options& options);
  /// All options, in the syntax of a config file.
  std::string options_text();
  /// The same as texts by name.
  std::vector<core::GivenOption> options();
  /// A checkpoint's metadata; `of` reads it.
  std::map<std::string, std::string> metadata();
  /// The text of config.ini: options_text() with environment and algorithm.
  std::string config_text();

  std::string env, algorithm;
  std::uint64_t seed = 0;
  std::int64_t steps = 100'000;
  int rows = 8;
  std::int64_t eval_every = 10'000;  ///< environment steps; 0: only at the end
  int eval_episodes = 100;
  std::int64_t checkpoint_every = 0;  ///< environment steps; 0: a tenth of the training
  int keep_checkpoints = 0;           ///< of the numbered ones; 0: all
  std::int64_t introspect_every = 0;  ///< environment steps; 0: never
  bool normalize_observation = false, normalize_reward = false;
  std::vector<double> observation_scale;  ///< empty, or one factor per component
  double reward_scale = 1;
  std::vector<std::string> params;  ///< NAME=VALUE of world parameters
  std::vector<std::string> drifts;  ///< PARAM:SCHEDULE
  std::unique_ptr<agents::AgentPlan> plan;
  std::string remark;  ///< a line on a choice made for the user, to be printed at the start; usually empty
};

/// Calls Options::ignore_switches_of for the options of all algorithms.
void ignore_switches(core::Options& options);

/// The environment: the first positional argument of `options`, else `named`, the value of option "env".
/// Throws UsageError when both are given.
std::string environment_of(const core::Options& options, const std::string& named);

}  // namespace rhoam::training
