#pragma once
#include <filesystem>
#include <string>

namespace rhoam::compare {

/// Trainings that differ in their seed, summed up: how many were solved, the median of steps and training
/// seconds until then with their range, and the interquartile mean of the final evaluations with its interval
/// over seeds.
struct TrainingTable {
  std::string markdown;  ///< a table of one row
  std::string json;      ///< one object
};

/// Reads the lines that `rhoam train --json` ends with, one for each training. Throws UsageError for others.
TrainingTable read_training_table(const std::filesystem::path& file);

}  // namespace rhoam::compare
