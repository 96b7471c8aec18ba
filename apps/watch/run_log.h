#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "apps/watch/csv_tail.h"

namespace rhoam::watch {

/// What a run has logged, while it may be training in another process. Nothing that can happen to a run
/// directory is an error: what was read last is kept.
class RunLog {
 public:
  explicit RunLog(const std::filesystem::path& run);

  /// Reads what is new; whether anything has changed, such as gone(). A log of many MB takes several calls.
  bool refresh();
  /// Whether the run directory was not there at the last refresh.
  bool gone() const { return gone_; }
  /// The columns of metrics.csv; none before its first row.
  std::span<const std::string> names() const { return metrics_.names(); }
  /// There is no row yet.
  bool empty() const { return metrics_.column(CsvTail::kSteps).empty(); }
  bool has(std::string_view column) const;
  /// The values of a column of metrics.csv over environment steps; nothing where there is none.
  const Thinned& column(std::string_view name) const { return metrics_.column(name); }
  /// The environment steps at which the world jumped, after drift.csv; the many are thinned out.
  std::span<const double> changes() const;

 private:
  std::filesystem::path run_;
  CsvTail metrics_, drift_;
  bool gone_ = false;
};

}  // namespace rhoam::watch
