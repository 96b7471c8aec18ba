#pragma once
#include <array>
#include <cstddef>
#include <vector>

namespace rhoam::optim {

/// N sums over a vector of which any thread may reduce any block: what each block gave, added up in the order
/// of the blocks.
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
