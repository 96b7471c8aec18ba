#pragma once
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "rhoam/compare/comparison.h"
#include "rhoam/compare/trial.h"
#include "rhoam/core/file.h"

namespace rhoam::compare {

/// What a candidate is judged by: the IQM of its scores, NaN when a seed diverged (NaN).
double candidate_iqm(std::span<const double> scores);

/// The candidate whose IQM over the tuning seeds is best, the first of equals; `scores` [candidate][seed].
/// One of which a seed diverged is worse than any other.
int best_candidate(std::span<const std::vector<double>> scores, bool higher_is_better);

/// The directory of a comparison: which trials there are, which are done and what they came to. Several
/// processes may use one directory. Not for several threads at once.
class TrialStore {
 public:
  /// Creates the directory, or continues in it. Throws UsageError when it holds something else or another
  /// comparison.
  TrialStore(const Comparison& comparison, const std::filesystem::path& directory);

  const std::filesystem::path& directory() const { return directory_; }
  /// False where the file system has no locks: then shares must not do each other's trials.
  bool locks() const { return locks_; }
  /// First those of tuning, then those that are compared (with Comparison::every_rate all candidates are),
  /// then those of the oracles. The candidate of a final trial is kUnchosen where it is still to be chosen.
  const std::vector<Trial>& trials() const { return trials_; }
  static constexpr int kUnchosen = -1;

  std::filesystem::path folder(const Trial& trial) const { return directory_ / comparison_.folder(trial); }
  /// As far as the store has looked, the trial number `index` has its result.
  bool done(std::size_t index) const { return done_[index]; }
  /// Looks at the disk and tells. Throws UsageError when its folder holds another trial.
  bool look(std::size_t index);
  /// Looks at all of them; how many have no result yet.
  std::size_t missing();
  /// The candidate for a setting, as soon as its tuning trials are done.
  std::optional<int> chosen(int scenario, int setting);
  /// The trial number `index` with its candidate, as soon as that is chosen.
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
