#pragma once
#include <span>
#include <vector>

namespace rhoam::compare {

/// What a candidate is judged by: the IQM of its scores, NaN when a seed diverged (NaN).
double candidate_iqm(std::span<const double> scores);

/// The candidate whose IQM over the tuning seeds is best, the first of equals; `scores` [candidate][seed].
/// One of which a seed diverged is worse than any other.
int best_candidate(std::span<const std::vector<double>> scores, bool higher_is_better);

}  // namespace rhoam::compare
