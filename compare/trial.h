#pragma once
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "rhoam/compare/results.h"
#include "rhoam/core/clock.h"
#include "rhoam/envs/drift.h"
#include "rhoam/envs/drifting.h"
#include "rhoam/training/world.h"

namespace rhoam::compare {

/// Tells changes of the world from those that leave it as it is: of scales, and of what never jumps.
class WorldChanges {
 public:
  /// The drifts of a training and their values at its start.
  WorldChanges(std::span<const envs::Drift> drifts, std::span<const double> values);

  /// True when one is among these; they go on from those of the last call.
  bool among(std::span<const envs::Drifting::Change> changes);

  /// The shortest declared time between two, in environment steps; NaN where none is declared.
  double dwell(const core::ClockRates& rates) const;

 private:
  std::vector<bool> jumps_;  ///< [drift]
  std::vector<core::Timescale> timescales_;
  std::vector<double> values_;  ///< [drift]
};

/// How a trial is run, apart from its training.
struct TrialRun {
  std::filesystem::path folder;  ///< its run directory; what a run that was killed left there is removed
  bool regret = false;           ///< the score is the environment's own regret, else the return
  bool keep_agent = false;       ///< keeps a checkpoint of the end
  std::vector<TheoryMark> marks = {};  ///< of its scenario, to be kept with the result
  std::function<bool()> stop;          ///< asked between iterations; true abandons the trial
};

/// Trains one trial and keeps config.ini, metrics.csv, changes.csv, with drifts drift.csv, and last
/// result.json. A training that diverges has NaN as its score. False when it was stopped: there is no
/// result.json then.
bool run_trial(training::TrainingConfig& config, const agents::Networks& networks, const TrialRun& run);

bool has_result(const std::filesystem::path& folder);
/// Throws UsageError when the folder holds a trial of another training.
void check_config(const std::filesystem::path& folder, const std::string& config);

/// What run_trial kept of this seed. Throws CorruptError when it or a table beside it is damaged or missing.
TrialResult read_result(const std::filesystem::path& folder, std::uint64_t seed);

}  // namespace rhoam::compare
