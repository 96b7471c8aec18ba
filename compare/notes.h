#pragma once
#include <string>
#include <vector>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/results.h"

namespace rhoam::compare {

/// Which settings were given the least or the largest value that was tried of a tuned number, so that a
/// better one may lie beyond: sentences such as "The clip chosen for 0.9 is the largest tried, 3: widen
/// --tune." Empty where every choice lies inside its grid.
std::string grid_edge_note(const Results& results, const ScenarioResults& scenario);

/// "10 seeds, 9 settings, 3 scenarios; score: time-averaged return, higher is better".
std::string extent_note(const Results& results);

/// How the learning rates were chosen, whether different programs trained and, where they are few, what so
/// few seeds are worth: sentences.
std::string caution_note(const Results& results);

/// What the star of a difference says.
inline constexpr const char* kStar = "p < 0.05 after Holm's correction, and an interval without 0";

/// Why a difference has the mark ‡: a sentence; empty where none has.
std::string sign_note(const ScenarioAnalysis& analysis, int reference);

/// What the columns of the tables mean: sentences.
std::vector<std::string> method_notes(const Results& results);

/// What a sentence calls the setting that differences are taken to.
std::string reference_name(const Results& results);

}  // namespace rhoam::compare
