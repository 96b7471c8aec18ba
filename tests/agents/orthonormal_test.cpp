#include "rhoam/agents/orthonormal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace rhoam::agents {
namespace {

class Orthonormal : public testing::TestWithParam<std::tuple<int, int>> {};

TEST_P(Orthonormal, VectorsHaveLengthOneAndRightAngles) {
  const auto [count, length] = GetParam();
  core::Stream stream(3);
  const auto vectors = orthonormal(count, length, stream);
  ASSERT_EQ(vectors.size(), static_cast<std::size_t>(count));
  for (int a = 0; a < count; a += 1 + count / 50)
    for (int b = 0; b < count; ++b) {
      ASSERT_EQ(vectors[b].size(), static_cast<std::size_t>(length));
      const double product =
          std::inner_product(vectors[a].begin(), vectors[a].end(), vectors[b].begin(), 0.0);
      ASSERT_NEAR(product, a == b, 1e-11) << a << " " << b;
    }
}

INSTANTIATE_TEST_SUITE_P(Sizes, Orthonormal,
                         testing::Values(std::tuple{1, 1}, std::tuple{3, 5}, std::tuple{64, 64},
                                         std::tuple{513, 513}, std::tuple{600, 777}, std::tuple{1030, 1030}));

// The starts of all trainings on record depend on these bits.
TEST(Orthonormal, SmallSetsKeepTheirBits) {
  core::Stream stream(7);
  EXPECT_EQ(orthonormal(3, 5, stream).back().front(), 0x1.a647f27014f22p-2);
  stream = core::Stream(7);
  EXPECT_EQ(orthonormal(64, 64, stream).back().front(), -0x1.ed3ed9018ba1fp-3);
  stream = core::Stream(7);
  EXPECT_EQ(orthonormal(300, 512, stream).back().front(), 0x1.d53738176e761p-5);
}

TEST(Orthonormal, LargeSetsAreThoseOfGramAndSchmidt) {
  core::Stream stream(9), draws(9);
  const auto vectors = orthonormal(520, 525, stream);
  std::vector<double> first(525);
  std::ranges::generate(first, [&] { return draws.normal(); });
  const double norm = std::sqrt(std::inner_product(first.begin(), first.end(), first.begin(), 0.0));
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_NEAR(vectors[0][i], first[i] / norm, 1e-15);
  for (int more = 0; more < 519 * 525; ++more) draws.normal();
  EXPECT_EQ(stream.state(), draws.state());
}

}  // namespace
}  // namespace rhoam::agents
