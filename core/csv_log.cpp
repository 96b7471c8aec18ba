#include "core/csv_log.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "core/errors.h"
#include "core/text.h"

namespace rhoam::core {

CsvLog::CsvLog(const std::filesystem::path& path) : file_(path) {
  const auto text = read_file(path);
  rows_ = std::max<std::int64_t>(0, std::count(text.begin(), text.end(), '\n') - 1);
  if (const auto end = text.find('\n'); end != std::string::npos) columns_ = split(text.substr(0, end), ',');
}

void CsvLog::row(std::span<const Metric> metrics) {
  std::string text;
  if (columns_.empty()) {
    for (const auto& metric : metrics) columns_.push_back(metric.name);
    text = join(columns_, ",") + "\n";
  }
  std::vector<std::string> cells(columns_.size());
  for (const auto& [name, value] : metrics) {
    const auto column = std::find(columns_.begin(), columns_.end(), name);
    if (column == columns_.end()) throw std::logic_error("the log has no column '" + name + "'");
    if (!std::isnan(value)) cells[static_cast<std::size_t>(column - columns_.begin())] = format_double(value);
  }
  file_.append(text + join(cells, ",") + "\n");
  ++rows_;
}

std::uint64_t CsvLog::end_of(std::int64_t rows) const {
  const auto text = read_file(file_.path());
  std::size_t end = 0;
  for (std::int64_t line = 0; rows > 0 && line <= rows; ++line) {
    const std::size_t start = end;
    end = text.find('\n', start) + 1;
    if (end == 0)
      throw CorruptError("'" + file_.path().string() + "' has fewer rows than the checkpoint says");
    const auto commas = std::count(text.begin() + start, text.begin() + end, ',');
    if (commas + 1 != std::ssize(columns_))
      throw CorruptError("'" + file_.path().string() + "' is damaged in line " + std::to_string(line + 1));
  }
  return end;
}

void CsvLog::cut_back(std::int64_t rows) {
  file_.truncate(end_of(rows));
  rows_ = rows;
  if (rows == 0) columns_.clear();
}

}  // namespace rhoam::core
