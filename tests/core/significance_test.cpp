#include "rhoam/core/significance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "rhoam/core/random.h"

namespace rhoam::core {
namespace {

using Values = std::vector<double>;

TEST(SignFlip, CountsTheFlipsThatAreAsExtreme) {
  EXPECT_EQ(sign_flip_p(Values{1, 2, 3}), 2.0 / 8);
  EXPECT_EQ(sign_flip_p(Values{1, 2, -3}), 1);        // the sum is 0
  EXPECT_EQ(sign_flip_p(Values{-1, 2, 3}), 4.0 / 8);  // 4 from {-1, 2, 3}, 6 from {1, 2, 3} and their mirrors
}

TEST(SignFlip, IsTwoSided) {
  EXPECT_EQ(sign_flip_p(Values{-5, -6, -7, -8}), sign_flip_p(Values{5, 6, 7, 8}));
}

TEST(SignFlip, DifferencesOfZeroSayNothing) {
  EXPECT_EQ(sign_flip_p(Values{0, 1, 0, 2, 3}), sign_flip_p(Values{1, 2, 3}));
  EXPECT_EQ(sign_flip_p(Values{0, 0, 0}), 1);
  EXPECT_EQ(sign_flip_p(Values{}), 1);
  EXPECT_EQ(sign_flip_p(Values{std::numeric_limits<double>::infinity(), 1}), 1);
}

TEST(SignFlip, RoundingDoesNotBreakTies) {
  EXPECT_EQ(sign_flip_p(Values(10, 0.1)), 2.0 / 1024);
  EXPECT_EQ(sign_flip_p(Values{0.1, 0.2, -0.3, 0.3}), 0.75);
}

TEST(SignFlip, ManyPairsAreDrawn) {
  EXPECT_EQ(sign_flip_p(Values(200, 1.0)), 1.0 / 20'001);
  EXPECT_EQ(sign_flip_p(Values(17, 1.0), 3), sign_flip_p(Values(17, 1.0), 3));
}

TEST(SignFlip, IsRarelySmallWhereNothingDiffers) {
  Stream stream(11);
  int small = 0;
  const int trials = 2000;
  for (int trial = 0; trial < trials; ++trial) {
    Values differences(8);
    for (double& d : differences) d = stream.normal();
    small += sign_flip_p(differences) <= 0.05;
  }
  EXPECT_NEAR(small / double{trials}, 12.0 / 256, 0.02);  // the largest p of eight pairs up to 5%
}

TEST(SignFlip, FewPairsHaveASmallestP) {
  EXPECT_EQ(smallest_sign_flip_p(3), 0.25);
  EXPECT_EQ(smallest_sign_flip_p(3), sign_flip_p(Values{1, 2, 3}));
  EXPECT_EQ(smallest_sign_flip_p(100), sign_flip_p(Values(100, 1.0)));
}

TEST(Holm, MultipliesBySizeOfWhatIsLeft) {
  const auto adjusted = holm(Values{0.03, 0.01, 0.02});
  EXPECT_NEAR(adjusted[1], 0.03, 1e-15);
  EXPECT_NEAR(adjusted[2], 0.04, 1e-15);
  EXPECT_NEAR(adjusted[0], 0.04, 1e-15);  // never below a smaller p's
}

TEST(Holm, StaysAtOne) { EXPECT_EQ(holm(Values{0.9, 0.8}), (Values{1, 1})); }

TEST(SignedRankP, DoesNotLetOneOutlierHideTheOthers) {
  const Values differences{-1, -1.1, -1.2, -1.3, -1.4, -1.5, -1.6, -1.7, -1.8, 1000};
  EXPECT_EQ(sign_flip_p(differences), 1);
  EXPECT_NEAR(signed_rank_p(differences), 2 * 43.0 / 1024,
              1e-12);  // subsets of 1 … 10 that sum to at most 10
}

TEST(SignedRankP, SharesTheRanksOfEqualSizes) {
  EXPECT_EQ(signed_rank_p(Values{2, 2, -2}), sign_flip_p(Values{1, 1, -1}));
}

TEST(SignedRankP, LeavesOutWhatIsZero) {
  EXPECT_EQ(signed_rank_p(Values{0, 1, 0, 2, 3}), signed_rank_p(Values{10, 20, 30}));
}

}  // namespace
}  // namespace rhoam::core
