#pragma once
#include <filesystem>
#include <string>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/results.h"
#include "rhoam/compare/trial_store.h"

namespace rhoam::compare {

/// Concludes a comparison whose trials are all done: writes results.csv, tuning.csv and the report, prints
/// the table and, with `json`, one object on the last line. Returns the exit code.
int write_results(const Comparison& comparison, TrialStore& store, bool quiet, bool json);

/// The line that --json prints.
std::string summary(const Results& results, const Analysis& analysis, const std::filesystem::path& directory);

/// The analysis as a table for a terminal, at most `width` columns.
std::string to_table(const Results& results, const Analysis& analysis, int width);

/// Writes report.html, report.md and the SVG files into the comparison's directory, each atomically. The same
/// results give the same bytes. Throws IoError.
void write_report(const std::filesystem::path& directory, const Results& results, const Analysis& analysis);

}  // namespace rhoam::compare
