#pragma once
#include <string>
#include <vector>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/results.h"

namespace rhoam::compare {

/// Names the settings whose chosen value of a tuned number is the smallest or largest tried, so that a better
/// one may lie beyond: sentences such as "The clip chosen for 0.9 is the largest tried, 3: widen --tune."
/// Empty where every choice lies inside its grid.
std::string grid_edge_note(const Results& results, const ScenarioResults& scenario);

/// "10 seeds, 9 settings, 3 scenarios; score: time-averaged return, higher is better".
std::string extent_note(const Results& results);

/// Sentences on how the learning rates were chosen, whether different programs trained and, with few seeds,
/// how little they prove.
std::string caution_note(const Results& results);

/// Meaning of a difference's star.
inline constexpr const char* kStar = "p < 0.05 after Holm's correction, and an interval without 0";

/// A sentence that explains the mark ‡ of a difference; empty where none has it.
std::string sign_note(const ScenarioAnalysis& analysis, int reference);

/// Sentences that explain the columns of the tables.
std::vector<std::string> method_notes(const Results& results);

/// Name of the reference in a sentence.
std::string reference_name(const Results& results);

}  // namespace rhoam::compare
