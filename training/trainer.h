#pragma once
#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rhoam/agents/train.h"
#include "rhoam/core/interrupt.h"
#include "rhoam/core/metric_log.h"
#include "rhoam/core/progress.h"
#include "rhoam/core/thread_pool.h"
#include "rhoam/training/drift_log.h"
#include "rhoam/training/run_directory.h"
#include "rhoam/training/solved.h"
#include "rhoam/training/world.h"

namespace rhoam::training {

/// Settings of a run that do not affect its result.
struct Runtime {
  int threads = 1;
  bool quiet = false;
  agents::Networks networks;
};

/// Seconds that a training has taken so far, over all its sessions.
struct Elapsed {
  double training = 0, evaluation = 0, saving = 0;
  double wall() const { return training + evaluation + saving; }
};

/// Result of a training; missing values are NaN or empty.
struct Outcome {
  core::Clocks clocks;
  Elapsed elapsed;
  double steps_per_second() const { return static_cast<double>(clocks.steps) / elapsed.training; }
  double return_mean_100;
  std::optional<std::int64_t> solved_at_steps;
  double solved_at_seconds;
  double final_eval_mean;
  double rho;              ///< of the actor at the start; NaN where it is automatic or there is none
  int interrupted_by = 0;  ///< the signal that ended it early, after saving
};

/// One training with its run directory: iterations, evaluations, logs, checkpoints. The configuration is
/// borrowed.
class Trainer {
 public:
  /// Starts afresh in a newly created directory, with the weights of another training if given (see
  /// take_weights).
  Trainer(TrainingConfig& config, RunDirectory directory, const Runtime& runtime,
          const core::Tensors* weights = nullptr);
  /// Resumes from a checkpoint: the logs are truncated to it.
  Trainer(TrainingConfig& config, RunDirectory directory, const Runtime& runtime,
          const core::Tensors& checkpoint);

  /// Lines with the ρ that the networks start with; see describe_memories.
  std::vector<std::string> memories();
  /// Trains to the end, or until a signal. Throws DivergedError; earlier checkpoints stay.
  Outcome run();
  const RunDirectory& directory() const { return directory_; }

 private:
  Trainer(TrainingConfig& config, RunDirectory directory, const Runtime& runtime, decltype(make_agent)* make,
          std::int64_t done_steps);

  void after_iteration(agents::Metrics metrics, bool stops);
  /// Plays the greedy evaluation in the current world; true when it is the best so far.
  bool evaluate();
  void log(agents::Metrics metrics, bool evaluated);
  /// Writes the changes since the last call to drift.csv and the current values to the row of metrics.csv.
  void log_drifts();
  void save(bool best, bool last);
  /// Adds the time since the last call to `part`.
  void charge(double Elapsed::*part);
  double steps_per_second() const;
  core::Tensors state();
  /// True when the current iteration has passed a multiple of `every` steps.
  bool passed(std::int64_t every) const;

  /// True when the current iteration is to be introspected; always the first one, as its row fixes the
  /// columns.
  bool introspects() const;
  /// Makes the next introspected iteration keep what introspection needs.
  void prepare_introspection();

  TrainingConfig& config_;
  RunDirectory directory_;
  core::ThreadPool pool_;
  World world_, evaluation_world_;
  std::unique_ptr<agents::Agent> agent_;
  agents::Progress progress_;
  core::MetricLog log_;
  DriftLog drift_log_;
  core::Progress line_;
  core::InterruptCatcher interrupt_;
  Solved solved_;
  double best_ = -std::numeric_limits<double>::infinity();
  double last_evaluation_ = std::numeric_limits<double>::quiet_NaN();
  double evaluation_std_ = std::numeric_limits<double>::quiet_NaN();  ///< of its returns
  double evaluation_length_ = std::numeric_limits<double>::quiet_NaN();
  std::int64_t iterations_ = 0;
  core::Clocks saved_;             ///< of the last checkpoint
  std::int64_t steps_before_ = 0;  ///< environment steps at the end of the last iteration
  Elapsed elapsed_, elapsed_saved_;
  std::chrono::steady_clock::time_point charged_;  ///< end of the time counted in `elapsed_`
  std::vector<core::Metric> row_;
};

}  // namespace rhoam::training
