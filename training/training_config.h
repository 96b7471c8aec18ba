#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rhoam/agents/networks.h"
#include "rhoam/agents/registry.h"
#include "rhoam/core/options.h"
#include "rhoam/core/tensors.h"
#include "rhoam/core/thread_pool.h"
#include "rhoam/envs/drifting.h"
#include "rhoam/envs/normalize.h"
#include "rhoam/envs/vector_env.h"

namespace rhoam::training {

/// Everything that decides a training's result, and nothing else: the content of config.ini and of a
/// checkpoint's metadata.
class TrainingConfig {
 public:
  /// With the tuned defaults of this pair; `algorithm` empty means the environment's default. `drifting`:
  /// some drift will be declared, which has defaults of its own. Throws UsageError on unknown names.
  TrainingConfig(const std::string& env, const std::string& algorithm, bool drifting = false);
  /// The experiment that a checkpoint belongs to. Throws CorruptError when its metadata does not hold one.
  static TrainingConfig of(const core::Tensors& checkpoint);
  /// The experiment that a config.ini describes; what is no option of one is skipped. Throws UsageError.
  static TrainingConfig from_config(const std::filesystem::path& file);

  static constexpr const char* kFormat = "rhoam checkpoint 2";
  /// Before the pace of updates and the phases of the wind were saved: plays, and cannot be resumed.
  static constexpr const char* kFirstFormat = "rhoam checkpoint 1";

  /// Declares all options of this experiment; the object must outlive `options`.
  void describe(core::Options& options);
  /// To be called when the options have been applied. Normalised rewards have their scale already: the tuned
  /// reward scale becomes 1 and `remark` says so, unless somebody has given one.
  void drop_tuned_reward_scale(const core::Options& options);
  /// All options, in the grammar of a config file.
  std::string options_text();
  /// What says in a checkpoint which experiment it belongs to; `of` reads it.
  std::map<std::string, std::string> metadata();
  /// The text of config.ini: the same with environment and algorithm.
  std::string config_text();
  /// Checks what no single option can, and that there is memory for the agent: throws UsageError before
  /// anything is written.
  void check(const agents::Networks& networks) const;
  /// The same without the memory: what no single option can say. Throws UsageError.
  void check_options(const agents::Networks& networks) const;

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

/// Options::ignore_switches_of the experiments of all algorithms.
void ignore_switches(core::Options& options);

/// The environment among the words that `options` took in: the first one, else `named` by the option "env".
/// Throws UsageError when both are there.
std::string environment_of(const core::Options& options, const std::string& named);

struct ParamSetting {
  std::string name;
  double value;
};

/// The parameters given as NAME=VALUE. Throws UsageError naming the one that is not.
std::vector<ParamSetting> parse_params(const std::vector<std::string>& texts);

/// Throws UsageError where a parameter is set and drifts, too.
void refuse_both(const std::vector<ParamSetting>& params, const std::vector<envs::Drift>& drifts);

/// The environments of an experiment with their decorators.
struct World {
  std::unique_ptr<envs::VectorEnv> env;              ///< the outermost decorator
  envs::Drifting* drifting = nullptr;                ///< within `env`, where something drifts
  envs::NormalizeObservation* normalizer = nullptr;  ///< within `env`, where observations are normalised
};

/// The world to learn in.
World make_world(const TrainingConfig& experiment, core::ThreadPool* pool);
/// The same world to evaluate in: `rows` rows, rewards as they are, statistics frozen, no drift. It stands
/// where load_world puts it.
World make_evaluation_world(const TrainingConfig& experiment, int rows, core::ThreadPool* pool);

/// The untrained agent of an experiment.
std::unique_ptr<agents::Agent> make_agent(const TrainingConfig& experiment, const envs::EnvSpec& spec,
                                          const agents::Networks& networks, core::ThreadPool* pool);
/// The same for a state to be loaded: its networks start cheaply.
std::unique_ptr<agents::Agent> make_agent_to_load(const TrainingConfig& experiment, const envs::EnvSpec& spec,
                                                  const agents::Networks& networks, core::ThreadPool* pool);

}  // namespace rhoam::training
