#include "rhoam/core/random.h"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace rhoam::core {
namespace {

TEST(Stream, GivesTheSameDrawsForTheSameSeedPurposeAndIndex) {
  Stream a(7, Purpose::policy, 3), b(7, Purpose::policy, 3);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(a(), b());
}

TEST(Stream, StartsApartForEverySeedPurposeAndIndex) {
  std::set<std::uint64_t> first;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    for (std::uint64_t purpose = 1; purpose <= 8; ++purpose)
      for (std::uint64_t index = 0; index < 20; ++index)
        first.insert(Stream(seed, static_cast<Purpose>(purpose), index)());
  EXPECT_EQ(first.size(), 20u * 8 * 20);
}

TEST(Stream, ContinuesFromASavedState) {
  Stream stream(1);
  stream.normal();
  Stream copy;
  copy.set_state(stream.state());
  EXPECT_EQ(copy(), stream());
}

TEST(Stream, MatchesTheReferenceRecurrenceOfXoshiro256PlusPlus) {
  Stream stream;
  stream.set_state({1, 2, 3, 4});
  // By hand: rotl(1 + 4, 23) + 1, then the state becomes {7, 0, 262146, 6·2^45}: rotl(7 + 6·2^45, 23) + 7.
  EXPECT_EQ(stream(), 41943041u);
  EXPECT_EQ(stream(), 58720359u);
}

TEST(SplitMix, MatchesTheReferenceSequenceAtAnyPlace) {
  EXPECT_EQ(splitmix(1234567, 0), 6457827717110365317u);
  EXPECT_EQ(splitmix(1234567, 4), 16408922859458223821u);
}

TEST(Stream, BelowIsUniform) {
  Stream stream(2);
  std::array<int, 7> counts{};
  for (int i = 0; i < 70000; ++i) ++counts.at(stream.below(7));
  for (const int count : counts) EXPECT_NEAR(count, 10000, 400);
}

TEST(Stream, NormalHasMeanZeroAndVarianceOne) {
  Stream stream(3);
  double sum = 0, squares = 0;
  for (int i = 0; i < 100000; ++i) {
    const double x = stream.normal();
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / 100000, 0, 0.02);
  EXPECT_NEAR(squares / 100000, 1, 0.03);
}

TEST(Stream, UniformStaysInItsInterval) {
  Stream stream(4);
  for (int i = 0; i < 10000; ++i) {
    const double x = stream.uniform(-2, 3);
    ASSERT_GE(x, -2);
    ASSERT_LT(x, 3);
  }
}

}  // namespace
}  // namespace rhoam::core
