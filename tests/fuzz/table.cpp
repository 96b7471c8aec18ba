// metrics.csv, drift.csv and the tables of a comparison: what reads them refuses them as corrupt, or reads
// the numbers that a log of them holds; what follows a run under way never throws. Texts survive a line of
// results.csv.
#include <algorithm>
#include <cmath>

#include "rhoam/core/csv.h"
#include "rhoam/core/text.h"
#include "rhoam/tests/fuzz/harness.h"
#include "rhoam/watch/run_log.h"

namespace rhoam::fuzz {
namespace {

using Columns = std::map<std::string, std::vector<double>>;

const std::filesystem::path& file() {
  static const auto path = scratch() / "metrics.csv";
  return path;
}

bool same(const Columns& a, const Columns& b) {
  const auto alike = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  return std::ranges::equal(a, b, [&](const auto& left, const auto& right) {
    return left.first == right.first && std::ranges::equal(left.second, right.second, alike);
  });
}

void check_columns() {
  Columns columns;
  if (!succeeds<core::CorruptError>([&] { columns = core::read_columns(file()); })) return;
  const auto copy = scratch() / "copy.csv";
  std::filesystem::remove(copy);
  core::CsvLog log(copy);
  const std::size_t rows = columns.begin()->second.size();
  for (std::size_t i = 0; i < rows; ++i) {
    std::vector<core::Metric> row;
    for (const auto& [name, values] : columns) row.push_back({name, values[i]});
    log.row(row);
  }
  const bool one_unnamed = columns.size() == 1 && (columns.begin()->first.empty() || rows > 0);
  if (rows > 0 && !one_unnamed)  // a log of one column cannot tell an empty cell from the end
    demand(same(core::read_columns(copy), columns), "a log holds another table");
}

/// A training that goes on cuts its logs back.
void check_log(const std::string& text) {
  for (const std::int64_t rows : {0, 1, 5}) {
    write(file(), text);
    core::CsvLog log(file());
    if (succeeds<core::CorruptError>([&] { log.cut_back(rows); }))
      demand(log.rows() == rows, "a log that was cut back has another length");
  }
}

void demand_rising(const watch::CsvTail& tail) {
  for (const auto& name : tail.names())
    demand(std::ranges::is_sorted(tail.column(name).x()), "the steps of a log do not rise");
}

bool same(const watch::CsvTail& a, const watch::CsvTail& b) {
  return std::ranges::equal(a.names(), b.names()) && std::ranges::all_of(a.names(), [&](const auto& name) {
           return a.column(name).x() == b.column(name).x() && a.column(name).y() == b.column(name).y();
         });
}

/// Read as it is written, in two parts, and read at once.
void check_tail(const std::string& text) {
  watch::CsvTail whole(file()), growing(file());
  for (const auto& part : {text.substr(0, text.size() / 2), text}) {
    write(file(), part);
    growing.refresh();
    demand_rising(growing);
  }
  whole.refresh();
  demand(same(growing, whole), "a log that grows is read otherwise");
}

/// The cells of a line of RFC 4180.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {  // the last is the line feed
    const bool escaped = quoted && line[i] == '"' && line[i + 1] == '"';
    if (escaped)
      cells.back() += line[i++];
    else if (line[i] == '"')
      quoted = !quoted;
    else if (line[i] == ',' && !quoted)
      cells.emplace_back();
    else
      cells.back() += line[i];
  }
  return cells;
}

}  // namespace

void check(const std::string& input) {
  write(file(), input);
  check_columns();
  check_tail(input);
  check_log(input);
  const auto texts = core::split(input, ';');
  demand(cells_of(core::csv_line(texts)) == texts, "a line of texts says others");
}

}  // namespace rhoam::fuzz
