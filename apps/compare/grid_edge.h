#pragma once
#include <string>

#include "apps/compare/evidence.h"

namespace rhoam::compare {

/// Which settings were given the least or the largest value that was tried of a tuned number, so that a
/// better one may lie beyond: sentences such as "The clip chosen for 0.9 is the largest tried, 3: widen
/// --tune." Empty where every choice lies inside its grid.
std::string grid_edge_note(const Evidence& evidence, const ScenarioEvidence& scenario);

}  // namespace rhoam::compare
