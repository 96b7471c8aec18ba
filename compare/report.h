#pragma once
#include <filesystem>
#include <string>

#include "rhoam/agents/networks.h"
#include "rhoam/compare/analysis.h"
#include "rhoam/compare/results.h"
#include "rhoam/compare/trial_store.h"

namespace rhoam::compare {

/// Ends a comparison whose cells are all done: writes results.csv, tuning.csv and the report, prints the
/// table and, with `json`, one object on the last line. Returns the exit code.
int conclude(const Comparison& comparison, Ledger& ledger, const agents::Networks& networks, bool quiet,
             bool json);

/// What --json prints: one line.
std::string summary(const Evidence& evidence, const Verdict& verdict, const std::filesystem::path& directory);

/// The verdict as a table for a terminal, at most `width` columns.
std::string to_table(const Evidence& evidence, const Verdict& verdict, int width);

/// Writes report.html, report.md and the SVG files into the comparison's directory, each atomically. The same
/// evidence gives the same bytes. Throws IoError.
void write_report(const std::filesystem::path& directory, const Evidence& evidence, const Verdict& verdict);

}  // namespace rhoam::compare
