#pragma once
#include <string>

#include "rhoam/compare/results.h"
#include "rhoam/compare/trial_store.h"

namespace rhoam::compare {

/// Reads the results of a finished comparison's trials. Throws CorruptError for damaged files.
Results collect(const Comparison& comparison, TrialStore& store);

/// The text of results.csv: a row per scenario, setting and seed of the comparison. The same trials give the
/// same bytes, whoever ran them.
std::string results_csv(const Results& results);
/// The text of tuning.csv: a row per trial by which a candidate was, or might have been, chosen.
std::string tuning_csv(const Results& results);

}  // namespace rhoam::compare
