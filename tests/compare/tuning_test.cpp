#include "rhoam/compare/tuning.h"

#include <gtest/gtest.h>

#include <cmath>

namespace rhoam::compare {
namespace {

TEST(BestCandidate, HasTheBestInterquartileMean) {
  const std::vector<std::vector<double>> scores = {{1, 2, 3, 4, 100}, {3, 4, 5, 6, 7}};
  EXPECT_EQ(best_candidate(scores, true), 1);
  EXPECT_EQ(best_candidate(scores, false), 0);
}

TEST(BestCandidate, IsTheFirstOfEquals) {
  EXPECT_EQ(best_candidate(std::vector<std::vector<double>>{{1, 1}, {1, 1}}, true), 0);
}

TEST(BestCandidate, NeverDivergedWhereAnotherDidNot) {
  const std::vector<std::vector<double>> scores = {{500, std::nan("")}, {1, 2}};
  EXPECT_EQ(best_candidate(scores, true), 1);
  EXPECT_EQ(best_candidate(scores, false), 1);
}

}  // namespace
}  // namespace rhoam::compare
