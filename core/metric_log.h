#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "rhoam/core/csv.h"
#include "rhoam/core/tensorboard.h"
#include "rhoam/core/tensors.h"

namespace rhoam::core {

/// Writes one row per iteration to a CSV file and to TensorBoard events.
class MetricLog {
 public:
  MetricLog(const std::filesystem::path& csv, const std::filesystem::path& events);
  /// `step` is the horizontal axis of TensorBoard: environment steps.
  void row(std::int64_t step, std::span<const Metric> metrics);
  /// Waits until all rows would survive a power cut; call it before a checkpoint that counts them.
  void sync() const;

  /// Saves the number of rows and no times, so that equal trainings save equal bytes.
  void save(Tensors& out, const std::string& prefix) const;
  /// Cuts both files back to the rows of the checkpoint. Throws CorruptError when they have fewer.
  void load(const Tensors& in, const std::string& prefix);

 private:
  CsvLog csv_;
  EventFile events_;
};

}  // namespace rhoam::core
