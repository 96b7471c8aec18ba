#pragma once
#include <filesystem>
#include <string>

namespace rhoam::compare {

/// Summary of trainings that differ only in their seed: how many were solved, the median of steps and
/// training seconds until then with their range, and the interquartile mean of the final evaluations with its
/// interval over seeds.
struct TrainingTable {
  std::string markdown;  ///< a table of one row
  std::string json;      ///< one object
};

/// Reads the final lines of `rhoam train --json`, one per training. Throws UsageError for other lines.
TrainingTable read_training_table(const std::filesystem::path& file);

}  // namespace rhoam::compare
