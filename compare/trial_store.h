#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "rhoam/compare/comparison.h"
#include "rhoam/compare/trial.h"
#include "rhoam/core/file.h"

namespace rhoam::compare {

/// The directory of a comparison: its trials, which of them are done, and their results. Several processes
/// may use one directory; not safe for several threads at once.
class TrialStore {
 public:
  /// Creates the directory, or continues in it. Throws UsageError when it contains something else or another
  /// comparison.
  TrialStore(const Comparison& comparison, const std::filesystem::path& directory);

  const std::filesystem::path& directory() const { return directory_; }
  /// False where the file system has no locks: then shards must not run each other's trials.
  bool locks() const { return locks_; }
  /// First the tuning trials, then the compared ones (all candidates with Comparison::every_rate), then those
  /// of the oracles. The candidate of a final trial is kUnchosen until it is chosen.
  const std::vector<Trial>& trials() const { return trials_; }
  static constexpr int kUnchosen = -1;

  std::filesystem::path folder(const Trial& trial) const { return directory_ / comparison_.folder(trial); }
  /// Whether trial `index` had its result when the store last looked.
  bool done(std::size_t index) const { return done_[index]; }
  /// Looks on the disk whether trial `index` is done. Throws UsageError when its folder contains another
  /// trial.
  bool look(std::size_t index);
  /// Looks at all trials; returns how many have no result yet.
  std::size_t missing();
  /// The candidate of a setting, once its tuning trials are done.
  std::optional<int> chosen(int scenario, int setting);
  /// Trial `index` with its candidate, once that is chosen.
  std::optional<Trial> resolved(std::size_t index);

 private:
  void add_oracle(int scenario);

  const Comparison& comparison_;
  std::filesystem::path directory_;
  bool locks_ = true;
  std::vector<Trial> trials_;
  std::vector<bool> done_;                  ///< [trial]
  std::vector<std::optional<int>> chosen_;  ///< [scenario, setting]
};

}  // namespace rhoam::compare
