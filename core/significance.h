#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace rhoam::core {

/// Two-sided p of paired differences under the hypothesis that each is equally likely to have either sign
/// (Fisher 1935; the statistic is their mean). Up to 2^16 flips are all counted; beyond that, 20,000 are
/// drawn and p = (k + 1) / (20,001) (Phipson & Smyth 2010). Differences that are 0 or not finite are ignored;
/// p is 1 when no others remain.
double sign_flip_p(std::span<const double> differences, std::uint64_t seed = 0);

/// Two-sided p of Wilcoxon's signed-rank test (1945), by sign_flip_p of the signed ranks: one outlier cannot
/// hide what all other pairs say. Equal sizes share the mean of their ranks.
double signed_rank_p(std::span<const double> differences, std::uint64_t seed = 0);

/// The smallest p that this many pairs can give in either test: 2^(1 − pairs) while all flips are counted,
/// else 1 / 20,001.
double smallest_sign_flip_p(int pairs);

/// Holm's correction (1979) of p values that were tested together, in the same order.
std::vector<double> holm(std::span<const double> p);

}  // namespace rhoam::core
