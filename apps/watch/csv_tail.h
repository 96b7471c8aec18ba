#pragma once
#include <cstdint>
#include <filesystem>
#include <istream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "apps/watch/thinned.h"

namespace rhoam::watch {

/// A log of numbers over environment steps, as core::CsvLog writes it, while another process may write it.
/// Lines that are no rows of it, rows whose steps do not rise, and columns beyond the first kMostColumns are
/// skipped.
class CsvTail {
 public:
  static constexpr const char* kSteps = "time/total_timesteps";  ///< the column of environment steps
  static constexpr std::size_t kMostColumns = 1024;
  static constexpr std::uintmax_t kMostBytes = 16 << 20;  ///< read by one call

  explicit CsvTail(std::filesystem::path file) : file_(std::move(file)) {}

  /// Reads what is new up to the last whole line, and all again where the file has become another; whether
  /// anything has changed. A file that is not there, or cannot be read, changes nothing.
  bool refresh();
  /// The columns, in the order of the file.
  std::span<const std::string> names() const { return names_; }
  /// The cells of a column that are not empty, over the steps; nothing where there is no such column.
  const Thinned& column(std::string_view name) const;

 private:
  bool continues(std::istream& file, std::uintmax_t size) const;
  void forget();
  void take(std::string_view line);
  void take_header(std::string_view line);
  void take_row(std::string_view line);

  std::filesystem::path file_;
  std::uintmax_t offset_ = 0;  ///< of what has not been read
  std::string last_line_ = {};
  std::vector<std::string> names_ = {};
  std::vector<Thinned> columns_ = {};
  std::size_t cells_ = 0, steps_column_ = 0;  ///< of every line
  std::vector<double> row_ = {};
  double steps_ = 0;  ///< of the last row
};

}  // namespace rhoam::watch
