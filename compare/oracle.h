#pragma once
#include <filesystem>
#include <span>
#include <vector>

#include "rhoam/compare/trial_store.h"

namespace rhoam::compare {

/// What is to be had in each regime of a scenario [regime]: the best candidate's IQM over the tuning seeds of
/// the returns that were settled at. Throws CorruptError for damaged trials.
std::vector<double> oracle_levels(const Comparison& comparison, const TrialStore& store, int scenario);

/// The mean over the first `total_steps` environment steps of `levels` [regime] in the regimes that a trial
/// went through, by its drift.csv; NaN where it was in none of them. Throws CorruptError for a file that is
/// missing or damaged.
double oracle_return(const Scenario& scenario, std::span<const double> levels,
                     const std::filesystem::path& drift_csv, double total_steps);

}  // namespace rhoam::compare
