#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "rhoam/core/csv.h"
#include "rhoam/core/tensors.h"
#include "rhoam/envs/drifting.h"

namespace rhoam::training {

/// drift.csv: a row at the start and one per jump of a drift, with all clocks and the values of all drifts.
/// No file where nothing drifts. Drifts without jumps are in metrics.csv.
class DriftLog {
 public:
  DriftLog() = default;
  /// A new file begins with a row for the start; an existing one stays unchanged until load. `drifting` may
  /// be null.
  DriftLog(envs::Drifting* drifting, const std::filesystem::path& csv);

  /// Writes and returns what has changed since the last call.
  std::vector<envs::Drifting::Change> take(envs::Drifting* drifting);
  void sync() const;

  /// Saves the number of rows.
  void save(core::Tensors& out) const;
  /// Throws CorruptError when the file has fewer rows than the checkpoint says; changes nothing.
  void check(const core::Tensors& in) const;
  /// Truncates the file to the rows of the checkpoint.
  void load(const core::Tensors& in);

 private:
  std::optional<core::CsvLog> csv_;
};

}  // namespace rhoam::training
