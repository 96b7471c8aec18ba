#pragma once
#include <span>
#include <vector>

namespace rhoam::compare {

/// The score of a candidate: the IQM of its scores, NaN when a seed diverged (NaN).
double candidate_iqm(std::span<const double> scores);

/// The candidate with the best IQM over the tuning seeds, the first of equals; `scores` [candidate][seed]. A
/// candidate with a diverged seed is worse than any other.
int best_candidate(std::span<const std::vector<double>> scores, bool higher_is_better);

}  // namespace rhoam::compare
