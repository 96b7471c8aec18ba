#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "rhoam/core/file.h"

namespace rhoam::core {

/// One number of one row of a log; NaN means missing.
struct Metric {
  std::string name;
  double value;
};

/// A CSV file of numbers that grows by one row at a time. The keys of the first row are the columns; a later
/// row may leave some out, but a new key is a programmer's error (std::logic_error). Missing values are empty
/// cells, numbers the shortest text that restores them. Each row is written at once; IoError when that fails.
class CsvLog {
 public:
  /// Opens or creates the file; existing content stays until cut_back.
  explicit CsvLog(const std::filesystem::path& path);
  void row(std::span<const Metric> metrics);
  void sync() const { file_.sync(); }
  /// Number of rows without the header.
  std::int64_t rows() const { return rows_; }
  /// Bytes of the first `rows` rows with their header; 0 for no rows. Throws CorruptError when there are
  /// fewer, or a line is damaged.
  std::uint64_t end_of(std::int64_t rows) const;
  /// Keeps the first `rows` rows; 0 also forgets the columns. Throws CorruptError when the file has fewer.
  void cut_back(std::int64_t rows);

 private:
  LineFile file_;
  std::vector<std::string> columns_;
  std::int64_t rows_ = 0;
};

/// The column of environment steps in every log of a training.
inline constexpr const char* kStepsColumn = "time/total_timesteps";

/// The columns of a CSV file of numbers, as CsvLog writes it; an empty cell is NaN. Throws CorruptError when
/// there is no file, a line has more or fewer cells than the header, or a cell is not a number.
std::map<std::string, std::vector<double>> read_columns(const std::filesystem::path& file);

/// A line of a CSV file of texts (RFC 4180): cells with commas, quotation marks or line breaks are quoted.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace rhoam::core
