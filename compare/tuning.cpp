#include "rhoam/compare/tuning.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rhoam/core/statistics.h"

namespace rhoam::compare {
namespace {

/// The candidate's IQM, negated where lower scores are better; −∞ when a seed diverged.
double merit(std::span<const double> scores, bool higher_is_better) {
  const double iqm = candidate_iqm(scores);
  if (std::isnan(iqm)) return -std::numeric_limits<double>::infinity();
  return higher_is_better ? iqm : -iqm;
}

}  // namespace

double candidate_iqm(std::span<const double> scores) {
  const bool diverged = std::ranges::any_of(scores, [](double score) { return std::isnan(score); });
  return diverged ? std::numeric_limits<double>::quiet_NaN() : core::interquartile_mean(scores);
}

int best_candidate(std::span<const std::vector<double>> scores, bool higher_is_better) {
  std::vector<double> merits;
  for (const auto& candidate : scores) merits.push_back(merit(candidate, higher_is_better));
  return static_cast<int>(std::ranges::max_element(merits) - merits.begin());
}

}  // namespace rhoam::compare
