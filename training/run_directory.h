#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

#include "rhoam/core/file.h"
#include "rhoam/core/lock.h"
#include "rhoam/core/tensors.h"

namespace rhoam::training {

/// The file extension of every checkpoint.
inline constexpr const char* kCheckpointEnding = ".safetensors";

/// The directory of one training's files.
class RunDirectory {
 public:
  /// Makes `out` the run directory: created with its parents; UsageError when it is not empty. When `out` is
  /// empty: a new runs/<env>/<algo>/<timestamp>/. IoError when the system refuses; then no folder is left
  /// behind.
  static RunDirectory create(const std::filesystem::path& out, const std::string& env,
                             const std::string& algo);
  /// An existing run; "latest" is runs/latest. UsageError when there is neither a config.ini nor a
  /// checkpoint.
  static RunDirectory open(const std::filesystem::path& run);

  /// Keeps other processes from training here during the lifetime of the result, where the file system has
  /// locks. UsageError when one already does.
  core::Lock lock() const;

  /// Locks the new directory and writes manifest.json (see write_manifest) and config.ini, from which the run
  /// can be resumed. When that fails, no folder that `create` made is left behind.
  core::Lock begin(const std::string& config, int threads, const std::string& from = "") const;

  /// Points runs/latest to this run: a link, or where links are impossible a file with the path. Returns a
  /// warning of one line; empty when the link was made.
  std::string make_latest() const;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path config() const { return path_ / "config.ini"; }
  std::filesystem::path manifest() const { return path_ / "manifest.json"; }
  std::filesystem::path metrics() const { return path_ / "metrics.csv"; }
  std::filesystem::path drift() const { return path_ / "drift.csv"; }
  std::filesystem::path events() const { return path_ / "events.out.tfevents.rhoam"; }
  std::filesystem::path checkpoint(std::int64_t steps) const;
  std::filesystem::path last() const;
  std::filesystem::path best() const;

  /// Writes the checkpoint of these steps, then last as a complete file of its own. Even when the process is
  /// killed, each name refers to a complete checkpoint, the old or the new one. Of the numbered ones up to
  /// these steps the newest `keep` stay; 0 keeps all.
  void save(std::int64_t steps, const core::Tensors& tensors, int keep = 0) const;
  /// Writes best. To be called before `save`: a run resumed from last must not miss an earlier best.
  void save_best(const core::Tensors& tensors) const;
  /// Writes version, commit, compiler, CPU, time and number of threads: what may differ between equal runs.
  /// `from` is the checkpoint whose weights the run began with; empty when there was none.
  void write_manifest(int threads, const std::string& from = "") const;
  /// The checkpoint whose weights the run began with, from config.ini or the manifest; empty when neither
  /// names one.
  std::string from() const;

 private:
  explicit RunDirectory(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
  std::filesystem::path made_;  ///< the topmost folder that `create` made
};

/// The numbered checkpoints of a run, by steps; empty when `run` is no run.
std::map<std::int64_t, std::filesystem::path> numbered_checkpoints(const std::filesystem::path& run);

/// The path that a user means: "latest" is runs/latest, and a file of that name names a run.
std::filesystem::path follow_latest(const std::filesystem::path& named);

}  // namespace rhoam::training
