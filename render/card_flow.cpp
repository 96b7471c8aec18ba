#include "render/card_flow.h"

#include <algorithm>
#include <utility>

namespace rhoam::render {
namespace {

constexpr double kGap = 6;

/// Whether columns of this height hold all the cards.
bool holds(std::span<const double> heights, std::size_t columns, double column_height) {
  std::size_t used = 1;
  double filled = -kGap;
  for (const double height : heights) {
    if (filled + kGap + height > column_height) {
      ++used;
      filled = -kGap;
    }
    filled += kGap + height;
    if (filled > column_height) return false;
  }
  return used <= columns;
}

/// The lowest height of columns that hold all the cards, but no more than there is.
double lowest(std::span<const double> heights, std::size_t columns, double room) {
  double best = room;
  for (std::size_t first = 0; first < heights.size(); ++first) {
    double sum = -kGap;
    for (const double height : heights.subspan(first)) {
      sum += kGap + height;
      if (sum < best && holds(heights, columns, sum)) best = sum;
    }
  }
  return best;
}

}  // namespace

std::vector<PlacedCard> flow(std::vector<Card> cards, std::span<const Rect> columns) {
  std::vector<PlacedCard> placed;
  if (columns.empty()) return placed;
  std::vector<double> heights;
  for (const auto& card : cards) heights.push_back(height(card));
  const double limit = lowest(heights, columns.size(), columns.front().height);
  std::size_t column = 0;
  double filled = 0;
  for (auto& card : cards) {
    const bool is_last = column + 1 == columns.size();
    if (filled > 0 && !is_last && filled + height(card) > limit) {
      ++column;
      filled = 0;
    }
    const Rect& room = columns[column];
    Card cut = fitted(std::move(card), room.height - filled);
    if (cut.empty()) continue;
    const double taken = height(cut);
    placed.push_back({{room.x, room.y + filled, room.width, taken}, std::move(cut)});
    filled += taken + kGap;
  }
  return placed;
}

}  // namespace rhoam::render
