#pragma once
#include <filesystem>
#include <functional>

#include "apps/compare/evidence.h"
#include "apps/experiment.h"

namespace rhoam::compare {

/// How a cell is run, apart from its experiment.
struct CellRun {
  std::filesystem::path folder;  ///< its run directory; what a run that was killed left there is removed
  bool regret = false;           ///< the score is the environment's own regret, else the return
  bool keep_agent = false;       ///< keeps a checkpoint of the end
  std::function<bool()> stop;    ///< asked between iterations; true abandons the cell
};

/// Trains one cell and keeps config.ini, metrics.csv, changes.csv, with drifts drift.csv, and last
/// result.json. A training that diverges has NaN as its score. False when it was stopped: there is no
/// result.json then.
bool run_cell(apps::Experiment& experiment, const apps::Networks& networks, const CellRun& run);

bool has_result(const std::filesystem::path& folder);
/// Throws UsageError when the folder holds a cell of another experiment.
void check_config(const std::filesystem::path& folder, const std::string& config);

/// What run_cell kept of this seed. Throws CorruptError when it or a table beside it is damaged or missing.
CellResult read_result(const std::filesystem::path& folder, std::uint64_t seed);

}  // namespace rhoam::compare
