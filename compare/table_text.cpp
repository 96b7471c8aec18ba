#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <sstream>

#include "rhoam/compare/tables.h"
#include "rhoam/core/utf8.h"

namespace rhoam::compare {
namespace {

constexpr int kGap = 2;

int columns_of(const std::string& text) { return static_cast<int>(core::character_count(text)); }

/// Shortens a text to a width and removes control characters.
std::string fitting(const std::string& text, int width) {
  const std::string line = core::printable(text);
  if (columns_of(line) <= width) return line;
  return line.substr(0, core::prefix_bytes(line, static_cast<std::size_t>(std::max(0, width - 1)))) + "…";
}

std::string padded(const std::string& text, int width, bool right) {
  const std::string space(static_cast<std::size_t>(std::max(0, width - columns_of(text))), ' ');
  return right ? space + text : text + space;
}

/// Width reserved for marks, so that digits line up.
int mark_width(const Table& table, std::size_t column) {
  int width = 0;
  for (const auto& row : table.rows) width = std::max(width, columns_of(row[column].mark));
  return width;
}

/// The texts of one column, its header first.
std::vector<std::string> texts_of(const Table& table, std::size_t column) {
  const int width = mark_width(table, column);
  std::vector<std::string> texts{table.columns[column].header + padded("", width, false)};
  for (const auto& row : table.rows)
    texts.push_back(core::printable(row[column].text) + padded(row[column].mark, width, false));
  return texts;
}

int width_of(const std::vector<std::string>& texts) {
  int width = 0;
  for (const auto& text : texts) width = std::max(width, columns_of(text));
  return width;
}

std::vector<int> widths_of(const Table& table) {
  std::vector<int> widths;
  for (std::size_t i = 0; i < table.columns.size(); ++i) widths.push_back(width_of(texts_of(table, i)));
  return widths;
}

int total(const std::vector<int>& widths) {
  return std::accumulate(widths.begin(), widths.end(), 0) + kGap * (static_cast<int>(widths.size()) - 1);
}

void drop_column(Table& table, std::ptrdiff_t column) {
  table.columns.erase(table.columns.begin() + column);
  for (auto& row : table.rows) row.erase(row.begin() + column);
}

/// Drops columns of the highest ranks until the table fits or only essential ones are left.
void drop_until(Table& table, int width) {
  while (total(widths_of(table)) > width) {
    const auto last = std::ranges::max_element(table.columns, {}, &Column::rank);
    if (last == table.columns.end() || last->rank == 0) return;
    drop_column(table, last - table.columns.begin());
  }
}

/// Shortens names where the table is still too wide.
std::vector<int> fitting_widths(const Table& table, int width) {
  constexpr int kShortest = 8;
  auto widths = widths_of(table);
  for (std::size_t i = 0; i < widths.size(); ++i)
    if (const int excess = total(widths) - width; excess > 0 && !table.columns[i].number)
      widths[i] = std::min(widths[i], std::max(kShortest, widths[i] - excess));
  return widths;
}

void strip_end(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

}  // namespace

std::string to_text(Table table, int width) {
  drop_until(table, width);
  const auto widths = fitting_widths(table, width);
  std::vector<std::string> lines(table.rows.size() + 1);
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    const auto texts = texts_of(table, column);
    for (std::size_t i = 0; i < lines.size(); ++i)
      lines[i] += std::string(column == 0 ? 0 : kGap, ' ') +
                  padded(fitting(texts[i], widths[column]), widths[column], table.columns[column].number);
  }
  std::string text;
  for (auto& line : lines) {
    strip_end(line);
    text += fitting(line, width) + "\n";
  }
  return text;
}

std::string wrapped(const std::string& text, int width) {
  std::istringstream words(core::printable(text));
  std::string word, line, lines;
  while (words >> word) {
    if (!line.empty() && columns_of(line) + 1 + columns_of(word) > width) {
      lines += line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + fitting(word, width);
  }
  return lines + line + "\n";
}

}  // namespace rhoam::compare
