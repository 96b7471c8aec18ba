#include "apps/watch/thinned.h"

#include <gtest/gtest.h>

#include <cmath>

namespace rhoam::watch {
namespace {

Thinned counting(int count) {
  Thinned column;
  for (int i = 0; i < count; ++i) column.add(i, 2 * i);
  return column;
}

TEST(Thinned, FewAreAllKept) {
  const auto column = counting(100);
  EXPECT_EQ(column.x().size(), 100u);
  EXPECT_EQ(column.at(63), 126);
}

TEST(Thinned, ManyAreLimited) {
  for (const int count : {4000, 4001, 4002, 7999, 8001, 100'000})
    EXPECT_LE(counting(count).x().size(), Thinned::kMost) << count;
}

TEST(Thinned, TheFirstAndTheNewestAreKept) {
  for (const int count : {1, 2, 4000, 4001, 4002, 8001, 100'000, 100'003}) {
    const auto column = counting(count);
    EXPECT_EQ(column.x().front(), 0);
    EXPECT_EQ(column.x().back(), count - 1);
    EXPECT_EQ(column.y().back(), 2 * (count - 1));
  }
}

TEST(Thinned, WhatIsKeptLiesEvenly) {
  const auto column = counting(100'000);
  const double distance = column.x()[1];
  int astray = 0;
  for (std::size_t i = 0; i + 1 < column.x().size(); ++i)
    astray += column.x()[i] != distance * static_cast<double>(i);
  EXPECT_EQ(astray, 0);
  EXPECT_GT(column.x().size(), Thinned::kMost / 2 - 1);
}

TEST(Thinned, APlaceBetweenHasNoValue) {
  EXPECT_TRUE(std::isnan(counting(3).at(0.5)));
  EXPECT_TRUE(std::isnan(counting(3).at(3)));
  EXPECT_TRUE(std::isnan(Thinned{}.at(0)));
}

}  // namespace
}  // namespace rhoam::watch
