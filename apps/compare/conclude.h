#pragma once
#include <filesystem>
#include <string>

#include "apps/app.h"
#include "apps/compare/ledger.h"
#include "apps/compare/verdict.h"

namespace rhoam::compare {

/// Ends a comparison whose cells are all done: writes results.csv, tuning.csv and the report, prints the
/// table and, with `json`, one object on the last line. Returns the exit code.
int conclude(const Comparison& comparison, Ledger& ledger, const apps::Networks& networks, bool quiet,
             bool json);

/// What --json prints: one line.
std::string summary(const Evidence& evidence, const Verdict& verdict, const std::filesystem::path& directory);

}  // namespace rhoam::compare
