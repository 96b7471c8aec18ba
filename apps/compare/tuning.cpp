#include "apps/compare/tuning.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/statistics.h"

namespace rhoam::compare {
namespace {

/// Larger is better; −∞ when a seed diverged.
double merit(const std::vector<double>& scores, bool higher_is_better) {
  if (std::ranges::any_of(scores, [](double score) { return std::isnan(score); }))
    return -std::numeric_limits<double>::infinity();
  return (higher_is_better ? 1 : -1) * core::interquartile_mean(scores);
}

}  // namespace

int best_candidate(std::span<const std::vector<double>> scores, bool higher_is_better) {
  std::vector<double> merits;
  for (const auto& candidate : scores) merits.push_back(merit(candidate, higher_is_better));
  return static_cast<int>(std::ranges::max_element(merits) - merits.begin());
}

}  // namespace rhoam::compare
