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

/// Values over rising places, of which at most kMost are kept however many there were: every one, every
/// second, every fourth …, and the newest. Columns of the same places keep the same.
class Thinned {
 public:
  static constexpr std::size_t kMost = 4000;

  void add(double x, double y);
  bool empty() const { return x_.empty(); }
  const std::vector<double>& x() const { return x_; }
  const std::vector<double>& y() const { return y_; }
  /// The value that was kept of a place; NaN where there is none.
  double at(double x) const;

 private:
  void thin();

  std::vector<double> x_, y_;
  std::size_t every_ = 1, count_ = 0;
};

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

/// What a run has logged, while it may be training in another process. Nothing that can happen to a run
/// directory is an error: what was read last is kept.
class RunLog {
 public:
  explicit RunLog(const std::filesystem::path& run);

  /// Reads what is new; whether anything has changed, such as gone(). A log of many MB takes several calls.
  bool refresh();
  /// Whether the run directory was not there at the last refresh.
  bool gone() const { return gone_; }
  /// The columns of metrics.csv; none before its first row.
  std::span<const std::string> names() const { return metrics_.names(); }
  /// There is no row yet.
  bool empty() const { return metrics_.column(CsvTail::kSteps).empty(); }
  bool has(std::string_view column) const;
  /// The values of a column of metrics.csv over environment steps; nothing where there is none.
  const Thinned& column(std::string_view name) const { return metrics_.column(name); }
  /// The environment steps at which the world jumped, after drift.csv; the many are thinned out.
  std::span<const double> changes() const;

 private:
  std::filesystem::path run_;
  CsvTail metrics_, drift_;
  bool gone_ = false;
};

}  // namespace rhoam::watch
