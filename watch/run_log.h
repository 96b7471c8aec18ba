#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <istream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rhoam::watch {

/// Values at increasing x, thinned to at most kMost: every one, every second, every fourth …, and the newest.
/// Columns with the same x keep the same points.
class Thinned {
 public:
  static constexpr std::size_t kMost = 4000;

  void add(double x, double y);
  bool empty() const { return x_.empty(); }
  const std::vector<double>& x() const { return x_; }
  const std::vector<double>& y() const { return y_; }
  /// The value kept at x; NaN if there is none.
  double at(double x) const;

 private:
  void thin();

  std::vector<double> x_, y_;
  std::size_t every_ = 1, count_ = 0;
};

/// A log of numbers over environment steps, as core::CsvLog writes it, possibly at the same time in another
/// process. Malformed rows, rows whose steps do not increase, and columns beyond the first kMostColumns are
/// skipped.
class CsvTail {
 public:
  static constexpr const char* kSteps = "time/total_timesteps";  ///< the column of environment steps
  static constexpr std::size_t kMostColumns = 1024;
  static constexpr std::uintmax_t kMostBytes = 16 << 20;  ///< read per call

  explicit CsvTail(std::filesystem::path file) : file_(std::move(file)) {}

  /// Reads new complete lines, or everything again if the file was replaced. Returns whether anything has
  /// changed. A missing or unreadable file changes nothing.
  bool refresh();
  /// The columns, in the order of the file.
  std::span<const std::string> names() const { return names_; }
  /// The non-empty cells of a column over the steps; nothing if there is no such column.
  const Thinned& column(std::string_view name) const;

 private:
  bool continues(std::istream& file, std::uintmax_t size) const;
  void forget();
  void take(std::string_view line);
  void take_header(std::string_view line);
  void take_row(std::string_view line);

  std::filesystem::path file_;
  std::uintmax_t offset_ = 0;  ///< of the first unread byte
  std::string last_line_ = {};
  std::vector<std::string> names_ = {};
  std::vector<Thinned> columns_ = {};
  std::size_t cells_ = 0, steps_column_ = 0;  ///< of every line
  std::vector<double> row_ = {};
  double steps_ = 0;  ///< of the last row
};

/// Log of a run that may still be training in another process. A missing, replaced or damaged run directory
/// is not an error: the last values read are kept.
class RunLog {
 public:
  explicit RunLog(const std::filesystem::path& run);

  /// Reads new rows. Returns whether anything has changed, gone() included. Many MB take several calls.
  bool refresh();
  /// Whether the run directory was missing at the last refresh.
  bool gone() const { return gone_; }
  /// The columns of metrics.csv; none before its first row.
  std::span<const std::string> names() const { return metrics_.names(); }
  /// Whether there is no row yet.
  bool empty() const { return metrics_.column(CsvTail::kSteps).empty(); }
  bool has(std::string_view column) const;
  /// The values of a column of metrics.csv over environment steps; nothing if there is no such column.
  const Thinned& column(std::string_view name) const { return metrics_.column(name); }
  /// The environment steps at which the world jumped, from drift.csv; thinned if there are many.
  std::span<const double> changes() const;

 private:
  std::filesystem::path run_;
  CsvTail metrics_, drift_;
  bool gone_ = false;
};

}  // namespace rhoam::watch
