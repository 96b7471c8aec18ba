#pragma once
#include <filesystem>
#include <span>
#include <vector>

#include "rhoam/compare/trial_store.h"

namespace rhoam::compare {

/// The achievable return in each regime of a scenario [regime]: the best candidate's IQM over the tuning
/// seeds of the settled return. Throws CorruptError for damaged trials.
std::vector<double> oracle_levels(const Comparison& comparison, const TrialStore& store, int scenario);

/// Mean of `levels` [regime] over the regimes that a trial went through in its first `total_steps`
/// environment steps, by its drift.csv; NaN where it was in none of them. Throws CorruptError for a missing
/// or damaged file.
double oracle_return(const Scenario& scenario, std::span<const double> levels,
                     const std::filesystem::path& drift_csv, double total_steps);

}  // namespace rhoam::compare
