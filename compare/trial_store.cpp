#include "rhoam/compare/trial_store.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "rhoam/compare/tuning.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/lock.h"
#include "rhoam/core/statistics.h"

namespace rhoam::compare {
namespace {

namespace fs = std::filesystem;

/// Calls each(scenario, setting, candidate, seed index) for all trials of a stage.
template <class Each>
void for_trials(const Comparison& comparison, int seeds, Each&& each) {
  for (int scenario = 0; scenario < std::ssize(comparison.scenarios); ++scenario)
    for (int setting = 0; setting < std::ssize(comparison.settings); ++setting)
      for (int candidate = 0; candidate < std::ssize(comparison.scenarios[scenario].candidates); ++candidate)
        for (int seed = 0; seed < seeds; ++seed) each(scenario, setting, candidate, seed);
}

void make_directory(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) throw core::IoError(fmt::format("cannot create '{}': {}", directory.string(), error.message()));
}

/// Creates or checks comparison.ini; false where the file system has no locks.
bool claim(const fs::path& directory, const std::string& config) {
  const auto lock = core::wait_for_folder(directory);  // other shards may start at the same time
  const auto file = directory / "comparison.ini";
  if (fs::exists(file)) {
    if (core::read_config_file(file) == config) return lock.exclusive;
    throw core::UsageError(
        fmt::format("'{}' holds another comparison, or one of another version of rhoam, or is damaged ('{}' "
                    "says which); choose "
                    "another --out",
                    directory.string(), file.string()));
  }
  const auto left_by_a_kill = file.string() + ".tmp";
  for (const auto& entry : fs::directory_iterator(directory))
    if (entry.path() != left_by_a_kill)
      throw core::UsageError(fmt::format("'{}' is not empty and holds no comparison; name another directory",
                                         directory.string()));
  core::write_file_atomically(file, config);
  return lock.exclusive;
}

}  // namespace

TrialStore::TrialStore(const Comparison& comparison, const fs::path& directory)
    : comparison_(comparison),
      directory_(directory),
      chosen_(comparison.scenarios.size() * comparison.settings.size()) {
  for_trials(comparison, comparison.tuning_seeds, [&](int scenario, int setting, int candidate, int seed) {
    if (comparison.tunes(scenario))
      trials_.push_back({scenario, setting, candidate, Stage::tuning, comparison.seed(Stage::tuning, seed)});
  });
  for_trials(comparison, comparison.seeds, [&](int scenario, int setting, int candidate, int seed) {
    if (candidate > 0 && !comparison.every_rate) return;
    const bool open = comparison.tunes(scenario) && !comparison.every_rate;
    trials_.push_back(
        {scenario, setting, open ? kUnchosen : candidate, Stage::final, comparison.seed(Stage::final, seed)});
  });
  for (int scenario = 0; scenario < std::ssize(comparison.scenarios); ++scenario) add_oracle(scenario);
  done_.resize(trials_.size());
  make_directory(directory_);
  locks_ = claim(directory_, comparison_.config);
  missing();
}

void TrialStore::add_oracle(int scenario) {
  const Scenario& tasks = comparison_.scenarios[scenario];
  for (int regime = 0; regime < std::ssize(tasks.regimes); ++regime)
    for (int candidate = 0; candidate < std::ssize(tasks.candidates); ++candidate)
      for (int seed = 0; seed < comparison_.tuning_seeds; ++seed)
        trials_.push_back({scenario, comparison_.reference, candidate, Stage::oracle,
                           comparison_.seed(Stage::oracle, seed), regime});
}

bool TrialStore::look(std::size_t index) {
  if (done_[index]) return true;
  const auto trial = resolved(index);
  if (!trial || !has_result(folder(*trial))) return false;
  check_config(folder(*trial), comparison_.config_of(*trial).config_text());
  return done_[index] = true;
}

std::size_t TrialStore::missing() {
  std::size_t count = 0;
  for (std::size_t index = 0; index < trials_.size(); ++index)
    if (!look(index)) ++count;
  return count;
}

std::optional<int> TrialStore::chosen(int scenario, int setting) {
  if (!comparison_.tunes(scenario)) return 0;
  auto& known = chosen_[static_cast<std::size_t>(scenario) * comparison_.settings.size() + setting];
  if (known) return known;
  std::vector<std::vector<double>> scores(comparison_.scenarios[scenario].candidates.size());
  for (std::size_t index = 0; index < trials_.size(); ++index) {
    const Trial& trial = trials_[index];
    if (trial.stage != Stage::tuning || trial.scenario != scenario || trial.setting != setting) continue;
    if (!done_[index]) return std::nullopt;
    scores[trial.candidate].push_back(read_result(folder(trial), trial.seed).score);
  }
  known = best_candidate(scores, comparison_.score.higher_is_better);
  return known;
}

std::optional<Trial> TrialStore::resolved(std::size_t index) {
  Trial trial = trials_[index];
  if (trial.candidate != kUnchosen) return trial;
  const auto candidate = chosen(trial.scenario, trial.setting);
  if (!candidate) return std::nullopt;
  trial.candidate = *candidate;
  return trial;
}

}  // namespace rhoam::compare
