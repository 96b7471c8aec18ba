#pragma once
#include <string>
#include <vector>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/results.h"

namespace rhoam::compare {

/// Marks of a difference: significant; of another sign than the scores.
inline constexpr const char *kSignificantMark = "*", *kSignMark = "‡";

struct TableCell {
  std::string text;
  bool strong = false;    ///< the best, the chosen or a significant difference
  std::string mark = {};  ///< beside the text: kSignificantMark, kSignMark or both
};

struct Column {
  std::string header;
  bool number = true;  ///< numbers stand at the right
  int rank = 0;        ///< the columns of highest rank go first where there is little room
};

/// Texts, not yet escaped for anything.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<TableCell>> rows;
};

/// One row for each setting; columns of which no setting has a value are left out. `score` heads the column
/// of scores.
Table make_table(const ScenarioAnalysis& analysis, const std::string& score);

/// What changes of the world cost each setting; no rows where nothing is known of it.
Table make_change_table(const ScenarioAnalysis& analysis);

/// How the tuned options were chosen in a scenario: one row for each setting that was tuned, one column for
/// each candidate with its IQM on the seeds of tuning; no rows where nothing was.
Table make_tuning_table(const Results& results, const ScenarioResults& scenario);

/// For a terminal, at most `width` columns wide.
std::string to_text(Table table, int width);

/// The words of a text in lines of at most `width` characters.
std::string wrapped(const std::string& text, int width);

}  // namespace rhoam::compare
