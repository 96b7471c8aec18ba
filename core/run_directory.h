#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/file.h"
#include "core/tensors.h"

namespace rhoam::core {

/// Where one training keeps its files.
class RunDirectory {
 public:
  /// Makes `out` the run directory: created with its parents; UsageError when it is not empty. When `out` is
  /// empty: runs/<env>/<algo>/<timestamp>/, unlike any other, and runs/latest points to it. IoError when the
  /// system refuses.
  static RunDirectory create(const std::filesystem::path& out, const std::string& env,
                             const std::string& algo);
  /// An existing run; "latest" is runs/latest. UsageError when there is none.
  static RunDirectory open(const std::filesystem::path& run);

  /// Keeps others from training here as long as the result lives. UsageError when someone does already.
  Descriptor lock() const;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path config() const { return path_ / "config.ini"; }
  std::filesystem::path manifest() const { return path_ / "manifest.json"; }
  std::filesystem::path metrics() const { return path_ / "metrics.csv"; }
  std::filesystem::path drift() const { return path_ / "drift.csv"; }
  std::filesystem::path events() const { return path_ / "events.out.tfevents.rhoam"; }
  std::filesystem::path checkpoint(std::int64_t steps) const;
  std::filesystem::path last() const;
  std::filesystem::path best() const;

  /// Writes the checkpoint of these steps, then last as a complete file of its own. Killed at any moment,
  /// each name holds a whole checkpoint, the old or the new one.
  void save(std::int64_t steps, const Tensors& tensors) const;
  /// Writes best. To be called before `save`: a run that is resumed from the last one must not miss a best
  /// before it.
  void save_best(const Tensors& tensors) const;
  /// Version, commit, compiler, CPU, time and number of threads: what may differ between equal runs.
  void write_manifest(int threads) const;

 private:
  explicit RunDirectory(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

/// The processor's name as the system tells it.
std::string cpu_model();

}  // namespace rhoam::core
