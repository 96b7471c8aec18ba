#pragma once
#include <string>
#include <vector>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/results.h"

namespace rhoam::compare {

/// Marks of a difference: significant; opposite in sign to the scores.
inline constexpr const char *kSignificantMark = "*", *kSignMark = "‡";

struct TableCell {
  std::string text;
  bool strong = false;    ///< the best, the chosen or a significant difference
  std::string mark = {};  ///< after the text: kSignificantMark, kSignMark or both
};

struct Column {
  std::string header;
  bool number = true;  ///< numbers are right-aligned
  int rank = 0;        ///< columns of the highest rank are dropped first where space is short
};

/// Unescaped texts.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<TableCell>> rows;
};

/// One row per setting; columns without any value are left out. `score` heads the column of scores.
Table make_table(const ScenarioAnalysis& analysis, const std::string& score);

/// The cost of world changes for each setting; no rows where it is unknown.
Table make_change_table(const ScenarioAnalysis& analysis);

/// How the tuned options were chosen in a scenario: one row per tuned setting, one column per candidate with
/// its IQM on the tuning seeds; no rows where nothing was tuned.
Table make_tuning_table(const Results& results, const ScenarioResults& scenario);

/// The table for a terminal, at most `width` columns wide.
std::string to_text(Table table, int width);

/// Wraps a text into lines of at most `width` characters.
std::string wrapped(const std::string& text, int width);

}  // namespace rhoam::compare
