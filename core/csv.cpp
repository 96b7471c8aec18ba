#include "rhoam/core/csv.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/missing.h"
#include "rhoam/core/text.h"

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
  std::vector<double> cells(columns_.size(), kMissing);
  auto next = columns_.begin();  // rows usually come in the order of the columns
  for (const auto& [name, value] : metrics) {
    auto column = std::find(next, columns_.end(), name);
    if (column == columns_.end()) column = std::find(columns_.begin(), columns_.end(), name);
    if (column == columns_.end()) throw std::logic_error("the log has no column '" + name + "'");
    cells[static_cast<std::size_t>(column - columns_.begin())] = value;
    next = column + 1;
  }
  for (const double cell : cells) {
    if (!std::isnan(cell)) text += format_double(cell);
    text += ',';
  }
  text.back() = '\n';
  file_.append(text);
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
namespace {

constexpr std::uintmax_t kLargestFile = 64 << 20;

[[noreturn]] void refuse(const std::filesystem::path& file) {
  throw CorruptError("'" + file.string() + "' is no table of numbers");
}

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\n\r") == std::string::npos) return cell;
  std::string text = "\"";
  for (const char c : cell) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + "\"";
}

}  // namespace

std::map<std::string, std::vector<double>> read_columns(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) throw CorruptError("'" + file.string() + "' is missing");
  const auto lines = split(read_file(file, kLargestFile), '\n');
  const auto names = split(lines[0], ',');
  std::map<std::string, std::vector<double>> columns;
  for (const auto& name : names) columns[name];
  if (columns.size() != names.size()) refuse(file);
  for (std::size_t line = 1; line < lines.size() && !lines[line].empty(); ++line) {
    const auto cells = split(lines[line], ',');
    if (cells.size() != names.size()) refuse(file);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto number = parse_double(cells[i]);
      if (!number && !cells[i].empty()) refuse(file);
      columns[names[i]].push_back(number.value_or(kMissing));
    }
  }
  return columns;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::vector<std::string> texts;
  for (const auto& cell : cells) texts.push_back(quoted(cell));
  return join(texts, ",") + "\n";
}

}  // namespace rhoam::core
