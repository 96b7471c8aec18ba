#include "apps/watch/run_log.h"

#include <algorithm>
#include <system_error>

namespace rhoam::watch {

RunLog::RunLog(const std::filesystem::path& run)
    : run_(run), metrics_(run / "metrics.csv"), drift_(run / "drift.csv") {}

bool RunLog::refresh() {
  std::error_code error;
  const bool was_gone = gone_;
  gone_ = !std::filesystem::is_directory(run_, error);
  const bool metrics_changed = metrics_.refresh(), drift_changed = drift_.refresh();
  return metrics_changed || drift_changed || gone_ != was_gone;
}

bool RunLog::has(std::string_view column) const {
  return std::ranges::find(metrics_.names(), column) != metrics_.names().end();
}

std::span<const double> RunLog::changes() const {
  const std::span<const double> rows = drift_.column(CsvTail::kSteps).x();
  return rows.subspan(std::min<std::size_t>(1, rows.size()));  // the first row is the start
}

}  // namespace rhoam::watch
