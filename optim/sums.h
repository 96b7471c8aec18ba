#pragma once
#include <array>
#include <cstddef>
#include <vector>

#include "rhoam/optim/kernel.h"

namespace rhoam::optim {

/// term(0) + … + term(n−1) in double, always in the same 32 partial sums, which hides the latency of the
/// additions and lets every instruction set round alike. For files compiled as optim/kernel.h says.
template <class Term>
RHOAM_KERNEL double sum(std::size_t n, Term term) {
  constexpr std::size_t kLanes = 32;
  double lane[kLanes] = {};
  const std::size_t whole = n - n % kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes)
    for (std::size_t k = 0; k < kLanes; ++k) lane[k] += term(i + k);
  for (std::size_t i = whole; i < n; ++i) lane[i % kLanes] += term(i);
  double total = 0;
  for (const double part : lane) total += part;
  return total;
}

/// Σ x².
template <class Scalar>
double sum_of_squares(const Scalar* x, std::size_t n) {
  return sum(n, [x](std::size_t i) { return static_cast<double>(x[i]) * static_cast<double>(x[i]); });
}

/// N sums over a vector of which any thread may reduce any block: one partial result per block, added up in
/// the order of the blocks.
template <std::size_t N>
class BlockSums {
 public:
  explicit BlockSums(std::size_t blocks) : of_block_(blocks) {}
  std::array<double, N>& operator[](std::size_t block) { return of_block_[block]; }

  std::array<double, N> total() const {
    std::array<double, N> sums{};
    for (const auto& block : of_block_)
      for (std::size_t k = 0; k < N; ++k) sums[k] += block[k];
    return sums;
  }

 private:
  std::vector<std::array<double, N>> of_block_;
};

}  // namespace rhoam::optim
