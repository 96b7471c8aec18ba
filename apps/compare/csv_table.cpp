#include "apps/compare/csv_table.h"

#include "apps/compare/evidence.h"
#include "core/errors.h"
#include "core/file.h"
#include "core/text.h"

namespace rhoam::compare {
namespace {

constexpr std::uintmax_t kLongest = 64 << 20;

[[noreturn]] void refuse(const std::filesystem::path& file) {
  throw core::CorruptError("'" + file.string() + "' is no table of numbers");
}

std::string quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\n\r") == std::string::npos) return cell;
  std::string text = "\"";
  for (const char c : cell) text += c == '"' ? "\"\"" : std::string(1, c);
  return text + "\"";
}

}  // namespace

std::map<std::string, std::vector<double>> read_columns(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) throw core::CorruptError("'" + file.string() + "' is missing");
  const auto lines = core::split(core::read_file(file, kLongest), '\n');
  const auto names = core::split(lines[0], ',');
  std::map<std::string, std::vector<double>> columns;
  for (const auto& name : names) columns[name];
  if (columns.size() != names.size()) refuse(file);
  for (std::size_t line = 1; line < lines.size() && !lines[line].empty(); ++line) {
    const auto cells = core::split(lines[line], ',');
    if (cells.size() != names.size()) refuse(file);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto number = core::parse_double(cells[i]);
      if (!number && !cells[i].empty()) refuse(file);
      columns[names[i]].push_back(number.value_or(kMissing));
    }
  }
  return columns;
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::vector<std::string> texts;
  for (const auto& cell : cells) texts.push_back(quoted(cell));
  return core::join(texts, ",") + "\n";
}

}  // namespace rhoam::compare
