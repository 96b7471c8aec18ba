#include "rhoam/training/drift_log.h"

#include "rhoam/core/csv.h"
#include "rhoam/core/errors.h"

namespace rhoam::training {
namespace {

constexpr const char* kRows = "drift_log/rows";

std::int64_t rows_of(const core::Tensors& in) {
  std::int64_t rows = 0;
  in.get(kRows, std::span(&rows, 1));
  if (rows < 0) throw core::CorruptError(std::string("tensor '") + kRows + "' is negative");
  return rows;
}

void append(core::CsvLog& csv, std::span<const std::string> names, const envs::Drifting::Change& change) {
  std::vector<core::Metric> row{{core::kStepsColumn, static_cast<double>(change.clocks.steps)},
                                {"time/n_updates", static_cast<double>(change.clocks.updates)},
                                {"rollout/episodes", static_cast<double>(change.clocks.episodes)}};
  for (std::size_t i = 0; i < names.size(); ++i) row.push_back({names[i], change.values[i]});
  csv.row(row);
}

}  // namespace

DriftLog::DriftLog(envs::Drifting* drifting, const std::filesystem::path& csv) {
  if (drifting == nullptr) return;
  csv_.emplace(csv);
  if (csv_->rows() == 0) take(drifting);
}

std::vector<envs::Drifting::Change> DriftLog::take(envs::Drifting* drifting) {
  if (!csv_) return {};
  auto changes = drifting->take_changes();
  for (const auto& change : changes) append(*csv_, drifting->names(), change);
  return changes;
}

void DriftLog::sync() const {
  if (csv_) csv_->sync();
}

void DriftLog::save(core::Tensors& out) const {
  const std::int64_t rows = csv_ ? csv_->rows() : 0;
  if (csv_) out.put(kRows, std::span(&rows, 1));
}

void DriftLog::check(const core::Tensors& in) const {
  if (csv_) csv_->end_of(rows_of(in));
}

void DriftLog::load(const core::Tensors& in) {
  if (csv_) csv_->cut_back(rows_of(in));
}

}  // namespace rhoam::training
