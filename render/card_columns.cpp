#include "render/card_columns.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

namespace rhoam::render {
namespace {

constexpr double kGap = 6;
constexpr double kColumn = 184, kWidestColumn = 260;
constexpr double kZoomStep = 0.125;

/// Fills columns of equal height in order, going on to the next one above `limit`. Cuts in the last.
std::vector<PlacedCard> filled(std::span<const Card> cards, std::span<const Rect> columns, double limit) {
  std::vector<PlacedCard> placed;
  std::size_t column = 0;
  double used = 0;
  for (const auto& card : cards) {
    if (used > 0 && used + height(card) > limit && column + 1 < columns.size()) {
      ++column;
      used = 0;
    }
    const Rect& room = columns[column];
    Card fitting = fitted(card, room.height - used);
    if (fitting.empty()) continue;
    const double taken = height(fitting);
    placed.push_back({{room.x, room.y + used, room.width, taken}, std::move(fitting)});
    used += taken + kGap;
  }
  return placed;
}

double length_of(std::span<const Card> cards) {
  const auto add = [](double sum, const Card& card) { return sum + kGap + height(card); };
  return std::accumulate(cards.begin(), cards.end(), -kGap, add);
}

/// Whether columns hold all cards when none but the last is filled above `limit`.
bool holds(std::span<const Card> cards, std::size_t columns, double limit) {
  while (!cards.empty() && columns-- > 0) {
    std::size_t count = 0;
    while (count < cards.size() && length_of(cards.first(count + 1)) <= limit) ++count;
    cards = cards.subspan(count);
  }
  return cards.empty();
}

/// The lowest columns that hold all cards; nothing when none of this height do.
std::optional<double> lowest(std::span<const Card> cards, std::size_t columns, double room) {
  std::optional<double> best;
  for (std::size_t first = 0; first < cards.size(); ++first)
    for (std::size_t count = 1; count <= cards.size() - first; ++count)
      if (const double length = length_of(cards.subspan(first, count));
          length <= best.value_or(room) && holds(cards, columns, length))
        best = length;
  return best;
}

Rect shrunk(const Rect& r, double zoom) { return {r.x / zoom, r.y / zoom, r.width / zoom, r.height / zoom}; }

/// Tries zooms from above until all cards fit into the columns that there are at a zoom.
template <class MakeColumns>
CardColumns largest(std::span<const Card> cards, const Rect& room, double zoom, MakeColumns make) {
  for (; zoom > 1; zoom -= kZoomStep) {
    const std::vector<Rect> columns = make(shrunk(room, zoom));
    if (columns.empty()) continue;
    if (const auto limit = lowest(cards, columns.size(), columns.front().height))
      return {zoom, filled(cards, columns, *limit)};
  }
  const std::vector<Rect> columns = make(room);
  if (columns.empty()) return {};
  const double height = columns.front().height;
  return {1, filled(cards, columns, lowest(cards, columns.size(), height).value_or(height))};
}

}  // namespace

CardColumns in_columns(const std::vector<Card>& cards, const Rect& room, double largest_zoom) {
  const auto most = static_cast<double>(cards.size());
  return largest(cards, room, largest_zoom, [most](const Rect& r) {
    const double count = std::min(most, std::floor((r.width + kGap) / (kColumn + kGap)));
    const double width = std::min(kWidestColumn, (r.width - (count - 1) * kGap) / count);
    std::vector<Rect> columns;
    for (double i = 0; i < count; ++i) columns.push_back({r.x + i * (width + kGap), r.y, width, r.height});
    return columns;
  });
}

CardColumns at_edges(const std::vector<Card>& cards, const Rect& room, double largest_zoom) {
  const double third = room.width / 3 - kGap;
  return largest(cards, room, std::min(largest_zoom, third / kColumn), [](const Rect& r) {
    const double width = std::min(kColumn, r.width / 3 - kGap);
    return std::vector<Rect>{{r.x, r.y, width, r.height}, {r.right() - width, r.y, width, r.height}};
  });
}

}  // namespace rhoam::render
