#pragma once
#include <string>

#include "rhoam/compare/results.h"
#include "rhoam/compare/trial_store.h"

namespace rhoam::compare {

/// Reads what the cells of a finished comparison left behind. Throws CorruptError for damaged files.
Evidence gather(const Comparison& comparison, Ledger& ledger, const agents::Networks& networks);

/// The text of results.csv: a row per scenario, setting and seed of the comparison. The same cells give the
/// same bytes, whoever ran them.
std::string results_csv(const Evidence& evidence);
/// The text of tuning.csv: a row per cell on which a candidate was, or might have been, chosen.
std::string tuning_csv(const Evidence& evidence);

}  // namespace rhoam::compare
