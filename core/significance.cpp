#include "rhoam/core/significance.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "rhoam/core/random.h"

namespace rhoam::core {
namespace {

constexpr std::size_t kExactPairs = 16;
constexpr int kDraws = 20'000;

/// Compares sums of differences with flipped signs with the observed sum.
class Flips {
 public:
  explicit Flips(std::span<const double> differences) : differences_(differences) {
    double sum = 0, size = 0;
    for (const double d : differences) sum += d, size += std::abs(d);
    // Sums that differ only by rounding still count as equal.
    limit_ = std::abs(sum) - 1e-12 * size;
  }

  bool as_extreme(std::uint64_t signs) const { return std::abs(sum_of(signs)) >= limit_; }

  bool as_extreme(Stream& stream) const {
    double sum = 0;
    for (std::size_t from = 0; from < differences_.size(); from += 64)
      sum +=
          sum_of(stream(), differences_.subspan(from, std::min<std::size_t>(64, differences_.size() - from)));
    return std::abs(sum) >= limit_;
  }

 private:
  double sum_of(std::uint64_t signs) const { return sum_of(signs, differences_); }
  static double sum_of(std::uint64_t signs, std::span<const double> differences) {
    double sum = 0;
    for (std::size_t i = 0; i < differences.size(); ++i)
      sum += signs >> i & 1 ? -differences[i] : differences[i];
    return sum;
  }

  std::span<const double> differences_;
  double limit_ = 0;
};

/// The differences that favour one side.
std::vector<double> telling_of(std::span<const double> differences) {
  std::vector<double> telling;
  for (const double d : differences)
    if (std::isfinite(d) && d != 0) telling.push_back(d);
  return telling;
}

}  // namespace

double signed_rank_p(std::span<const double> differences, std::uint64_t seed) {
  const auto telling = telling_of(differences);
  std::vector<double> sizes;
  for (const double d : telling) sizes.push_back(std::abs(d));
  std::ranges::sort(sizes);
  std::vector<double> ranks;
  for (const double d : telling) {
    const auto [first, last] = std::equal_range(sizes.begin(), sizes.end(), std::abs(d));
    const auto before = first - sizes.begin(), through = last - sizes.begin();
    ranks.push_back(std::copysign(static_cast<double>(before + 1 + through) / 2, d));
  }
  return sign_flip_p(ranks, seed);
}

double sign_flip_p(std::span<const double> differences, std::uint64_t seed) {
  const auto telling = telling_of(differences);
  if (telling.empty()) return 1;
  const Flips flips(telling);
  if (telling.size() <= kExactPairs) {
    // A pattern and its mirror image are equally extreme, so the last sign is fixed.
    const std::uint64_t patterns = std::uint64_t{1} << (telling.size() - 1);
    std::uint64_t extreme = 0;
    for (std::uint64_t signs = 0; signs < patterns; ++signs) extreme += flips.as_extreme(signs);
    return static_cast<double>(extreme) / static_cast<double>(patterns);
  }
  Stream stream(seed, Purpose::statistics);
  int extreme = 0;
  for (int draw = 0; draw < kDraws; ++draw) extreme += flips.as_extreme(stream);
  return (extreme + 1.0) / (kDraws + 1.0);
}

double smallest_sign_flip_p(int pairs) {
  const double exact = std::exp2(1 - std::min(pairs, 1000));
  return pairs <= static_cast<int>(kExactPairs) ? exact : 1.0 / (kDraws + 1);
}

std::vector<double> holm(std::span<const double> p) {
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
  std::vector<double> adjusted(p.size());
  double largest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    largest = std::max(largest, std::min(1.0, p[order[rank]] * static_cast<double>(p.size() - rank)));
    adjusted[order[rank]] = largest;
  }
  return adjusted;
}

}  // namespace rhoam::core
