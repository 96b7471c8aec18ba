#include "rhoam/watch/run_log.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <system_error>

#include "rhoam/core/missing.h"
#include "rhoam/core/text.h"

namespace rhoam::watch {
namespace {

constexpr double kBeforeAll = -1;

/// The value of a cell; nothing for text that CsvLog does not write.
std::optional<double> value_of(std::string_view cell) {
  if (cell.empty()) return core::kMissing;
  if (cell == "inf") return std::numeric_limits<double>::infinity();
  if (cell == "-inf") return -std::numeric_limits<double>::infinity();
  return core::parse_double(cell);
}

/// `size` bytes from an offset in the file; fewer if the file has shrunk meanwhile.
std::string read_at(std::istream& file, std::uintmax_t offset, std::uintmax_t size) {
  std::string bytes(static_cast<std::size_t>(size), '\0');
  file.clear();
  file.seekg(static_cast<std::streamoff>(offset));
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file.gcount())));
  return bytes;
}

/// Removes the text up to a separator, and the separator, from the front. Returns the text.
std::string_view take_until(std::string_view& text, char separator) {
  const auto part = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

}  // namespace

bool CsvTail::refresh() {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file_, error)) return false;
  const std::uintmax_t size = std::filesystem::file_size(file_, error);
  std::ifstream file(file_, std::ios::binary);
  if (error || !file) return false;
  const bool starts_again = !continues(file, size);
  if (starts_again) forget();
  const std::string bytes = read_at(file, offset_, std::min(kMostBytes, size > offset_ ? size - offset_ : 0));
  std::string_view whole(bytes.data(), bytes.rfind('\n') + 1);
  offset_ += whole.size();
  const bool grows = !whole.empty();
  while (!whole.empty()) {
    const auto line = take_until(whole, '\n');
    if (whole.empty()) last_line_ = line;
    take(line);
  }
  return starts_again || grows;
}

bool CsvTail::continues(std::istream& file, std::uintmax_t size) const {
  if (offset_ == 0) return true;
  const std::uintmax_t length = last_line_.size() + 1;
  return size >= offset_ && read_at(file, offset_ - length, length) == last_line_ + '\n';
}

void CsvTail::forget() { *this = CsvTail(std::move(file_)); }

void CsvTail::take(std::string_view line) { names_.empty() ? take_header(line) : take_row(line); }

void CsvTail::take_header(std::string_view line) {
  cells_ = static_cast<std::size_t>(std::ranges::count(line, ',')) + 1;
  while (!line.empty() && names_.size() < kMostColumns) names_.emplace_back(take_until(line, ','));
  steps_column_ = static_cast<std::size_t>(std::ranges::find(names_, kSteps) - names_.begin());
  columns_.resize(names_.size());
  row_.resize(names_.size());
  steps_ = kBeforeAll;
}

void CsvTail::take_row(std::string_view line) {
  const auto commas = static_cast<std::size_t>(std::ranges::count(line, ','));
  if (commas + 1 != cells_ || steps_column_ == names_.size()) return;
  for (double& cell : row_) {
    const auto value = value_of(take_until(line, ','));
    if (!value) return;
    cell = *value;
  }
  const double steps = row_[steps_column_];
  if (!(steps > steps_) || std::isinf(steps)) return;
  steps_ = steps;
  for (std::size_t i = 0; i < row_.size(); ++i)
    if (!std::isnan(row_[i])) columns_[i].add(steps, row_[i]);
}

const Thinned& CsvTail::column(std::string_view name) const {
  static const Thinned kUnknown;
  const auto place = std::ranges::find(names_, name);
  return place == names_.end() ? kUnknown : columns_[static_cast<std::size_t>(place - names_.begin())];
}

void Thinned::add(double x, double y) {
  if (const bool spare = count_ > 0 && (count_ - 1) % every_ != 0; spare) {
    x_.pop_back();
    y_.pop_back();
  }
  x_.push_back(x);
  y_.push_back(y);
  ++count_;
  if (x_.size() > kMost) thin();
}

void Thinned::thin() {
  const std::size_t regular = (count_ - 1) / every_ + 1;  // the newest may lie between
  every_ *= 2;
  const bool newest_stands_between = (count_ - 1) % every_ != 0;
  for (auto* values : {&x_, &y_}) {
    const double newest = values->back();
    for (std::size_t i = 0; 2 * i < regular; ++i) (*values)[i] = (*values)[2 * i];
    values->resize((regular + 1) / 2);
    if (newest_stands_between) values->push_back(newest);
  }
}

double Thinned::at(double x) const {
  const auto place = std::ranges::lower_bound(x_, x);
  if (place == x_.end() || *place != x) return std::numeric_limits<double>::quiet_NaN();
  return y_[static_cast<std::size_t>(place - x_.begin())];
}

RunLog::RunLog(const std::filesystem::path& run)
    : run_(run), metrics_(run / "metrics.csv"), drift_(run / "drift.csv") {}

bool RunLog::refresh() {
  std::error_code error;
  const bool was_gone = gone_;
  gone_ = !std::filesystem::is_directory(run_, error);
  const bool metrics_changed = metrics_.refresh(), drift_changed = drift_.refresh();
  return metrics_changed || drift_changed || gone_ != was_gone;
}

bool RunLog::has(std::string_view column) const {
  return std::ranges::find(metrics_.names(), column) != metrics_.names().end();
}

std::span<const double> RunLog::changes() const {
  const std::span<const double> rows = drift_.column(CsvTail::kSteps).x();
  return rows.subspan(std::min<std::size_t>(1, rows.size()));  // the first row is the start
}

}  // namespace rhoam::watch
