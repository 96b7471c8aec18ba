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

/// Detects changes of the world, as opposed to drifts of a scale or without jumps.
class WorldChanges {
 public:
  /// Takes the drifts of a training and their values at its start.
  WorldChanges(std::span<const envs::Drift> drifts, std::span<const double> values);

  /// True when `changes`, which follow those of the last call, contain a change of the world.
  bool among(std::span<const envs::Drifting::Change> changes);

  /// The shortest declared time between two changes, in environment steps; NaN where none is declared.
  double dwell(const core::ClockRates& rates) const;

 private:
  std::vector<bool> jumps_;  ///< [drift]
  std::vector<core::Timescale> timescales_;
  std::vector<double> values_;  ///< [drift]
};

/// How a trial is run, apart from its training configuration.
struct TrialRun {
  std::filesystem::path folder;        ///< its run directory; leftovers of a killed run are removed
  bool regret = false;                 ///< the score is the environment's own regret, else the return
  bool keep_agent = false;             ///< keep a final checkpoint
  std::vector<TheoryMark> marks = {};  ///< the scenario's, saved with the result
  std::function<bool()> stop;          ///< called between iterations; true abandons the trial
};

/// Trains one trial and saves config.ini, metrics.csv, changes.csv, with drifts drift.csv, and last
/// result.json. A training that diverges has a score of NaN. False when it was stopped: then there is no
/// result.json.
bool run_trial(training::TrainingConfig& config, const agents::Networks& networks, const TrialRun& run);

bool has_result(const std::filesystem::path& folder);
/// Throws UsageError when the folder contains a trial of another training.
void check_config(const std::filesystem::path& folder, const std::string& config);

/// The result that run_trial saved for this seed. Throws CorruptError when it or a table beside it is damaged
/// or missing.
TrialResult read_result(const std::filesystem::path& folder, std::uint64_t seed);

}  // namespace rhoam::compare
