#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace rhoam::core {

/// Two-sided p of paired differences under the hypothesis that each is as likely to have the other sign
/// (Fisher 1935; the statistic is their mean). All flips are counted up to 2^16 of them; beyond, 20,000 are
/// drawn and p = (k + 1) / (20,001) (Phipson & Smyth 2010). A difference of 0, or one that is not finite,
/// says nothing: without any other p is 1.
double sign_flip_p(std::span<const double> differences, std::uint64_t seed = 0);

/// Two-sided p of Wilcoxon's signed-rank test (1945), by sign_flip_p of the signed ranks: one pair that is
/// far out cannot hide what all others say. Equal sizes share the mean of their ranks.
double signed_rank_p(std::span<const double> differences, std::uint64_t seed = 0);

/// The smallest p that so many pairs can give in either test: 2^(1 − pairs) while all flips are counted, 1 /
/// 20,001 beyond.
double smallest_sign_flip_p(int pairs);

/// Holm's correction (1979) of p values that were tested together, in the same order.
std::vector<double> holm(std::span<const double> p);

}  // namespace rhoam::core
