#pragma once
#include "apps/app.h"
#include "apps/compare/ledger.h"

namespace rhoam::compare {

/// Ends a comparison whose cells are all done: writes results.csv, tuning.csv and the report, prints the
/// table and, with `json`, one object on the last line. Returns the exit code.
int conclude(const Comparison& comparison, Ledger& ledger, const apps::Networks& networks, bool quiet,
             bool json);

}  // namespace rhoam::compare
