#pragma once
#include <cstdint>
#include <filesystem>
#include <span>

#include "rhoam/core/csv.h"
#include "rhoam/core/file.h"

namespace rhoam::core {

/// Seconds since 1970.
double wall_time_now();

/// A TensorBoard event file: TFRecords (length, masked CRC-32C, protobuf of tensorflow.Event) with the file
/// version first and then one event of scalars per row. TensorBoard finds it by "tfevents" in its name.
class EventFile {
 public:
  /// Opens or creates; an empty file gets its version record, whose time TensorBoard takes as the start.
  explicit EventFile(const std::filesystem::path& path);
  /// One event at `step`; NaN values are left out. `wall_time` is in seconds since 1970.
  void add(std::int64_t step, double wall_time, std::span<const Metric> scalars);
  void sync() const { file_.sync(); }
  /// Bytes of the version and the first `events` events. Throws CorruptError when the file has fewer.
  std::uint64_t end_of(std::int64_t events) const;
  /// Keeps the first `events` events after the version. Throws CorruptError when the file has fewer.
  void cut_back(std::int64_t events);

 private:
  LineFile file_;
};

/// Whether the file contains more than its version record; false when it does not exist.
bool holds_events(const std::filesystem::path& path);

}  // namespace rhoam::core
