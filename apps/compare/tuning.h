#pragma once
#include <span>
#include <vector>

namespace rhoam::compare {

/// The candidate whose IQM over the tuning seeds is best, the first of equals; `scores` [candidate][seed]. A
/// seed that diverged (NaN) is worse than any score.
int best_candidate(std::span<const std::vector<double>> scores, bool higher_is_better);

}  // namespace rhoam::compare
