#include "render/card_columns.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace rhoam::render {
namespace {

constexpr double kGap = 6;
constexpr double kColumn = 184, kWidestColumn = 260;
constexpr double kZoomStep = 0.125, kLeastZoom = 0.75;

/// For every card the number of its column.
using Assignment = std::vector<std::size_t>;

/// The next one in the order of numbers whose first digit is the first card; false after the last.
bool advance(Assignment& assignment, std::size_t columns) {
  for (std::size_t card = assignment.size(); card-- > 0;) {
    if (++assignment[card] < columns) return true;
    assignment[card] = 0;
  }
  return false;
}

double longest(const Assignment& assignment, const std::vector<double>& heights, std::size_t columns) {
  double length = 0;
  for (std::size_t column = 0; column < columns; ++column) {
    double sum = -kGap;
    for (std::size_t card = 0; card < heights.size(); ++card)
      if (assignment[card] == column) sum += kGap + heights[card];
    length = std::max(length, sum);
  }
  return length;
}

/// The assignment with the shortest longest column, of several the one that keeps the order best. There are a
/// handful of cards and columns, so that all can be tried.
Assignment balanced(const std::vector<double>& heights, std::size_t columns) {
  Assignment assignment(heights.size(), 0), best = assignment;
  double least = longest(best, heights, columns);
  while (advance(assignment, columns))
    if (const double length = longest(assignment, heights, columns); length < least) {
      least = length;
      best = assignment;
    }
  return best;
}

/// Cards below each other in their columns, those that do not fit cut or left out.
std::vector<PlacedCard> stacked(const std::vector<Card>& cards, const Assignment& assignment,
                                std::vector<Rect> columns) {
  std::vector<PlacedCard> placed;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    Rect& rest = columns[assignment[i]];
    Card card = fitted(cards[i], rest.height);
    if (card.empty()) continue;
    const double taken = height(card);
    placed.push_back({{rest.x, rest.y, rest.width, taken}, std::move(card)});
    rest.y += taken + kGap;
    rest.height -= taken + kGap;
  }
  return placed;
}

Rect shrunk(const Rect& r, double zoom) { return {r.x / zoom, r.y / zoom, r.width / zoom, r.height / zoom}; }

/// The cards in the columns that there are at a zoom; nothing when they do not fit and may not be `cut`.
template <class MakeColumns>
std::optional<CardColumns> at_zoom(double zoom, const std::vector<Card>& cards, const Rect& room, bool cut,
                                   const MakeColumns& columns_in) {
  const std::vector<Rect> columns = columns_in(shrunk(room, zoom));
  std::vector<double> heights;
  for (const auto& card : cards) heights.push_back(height(card));
  const Assignment best = balanced(heights, columns.size());
  if (!cut && longest(best, heights, columns.size()) > columns.front().height) return std::nullopt;
  return CardColumns{zoom, stacked(cards, best, columns)};
}

/// Tries zooms from above until all cards fit.
template <class MakeColumns>
CardColumns largest(const std::vector<Card>& cards, const Rect& room, double zoom,
                    const MakeColumns& columns_in) {
  if (cards.empty()) return {};
  for (zoom = std::floor(zoom / kZoomStep) * kZoomStep; zoom >= kLeastZoom; zoom -= kZoomStep)
    if (auto found = at_zoom(zoom, cards, room, false, columns_in)) return *std::move(found);
  return *at_zoom(1, cards, room, true, columns_in);
}

}  // namespace

CardColumns in_columns(const std::vector<Card>& cards, const Rect& room, double largest_zoom) {
  const auto most = static_cast<double>(cards.size());
  return largest(cards, room, largest_zoom, [most](const Rect& r) {
    const double count = std::clamp(std::floor((r.width + kGap) / (kColumn + kGap)), 1.0, most);
    const double width = std::min(kWidestColumn, (r.width - (count - 1) * kGap) / count);
    std::vector<Rect> columns;
    for (double i = 0; i < count; ++i) columns.push_back({r.x + i * (width + kGap), r.y, width, r.height});
    return columns;
  });
}

CardColumns at_edges(const std::vector<Card>& cards, const Rect& room, double largest_zoom) {
  const auto third = [](const Rect& r) { return r.width / 3 - kGap; };
  return largest(cards, room, std::clamp(third(room) / kColumn, 1.0, largest_zoom), [third](const Rect& r) {
    const double width = std::min(kColumn, third(r));
    return std::vector<Rect>{{r.x, r.y, width, r.height}, {r.right() - width, r.y, width, r.height}};
  });
}

}  // namespace rhoam::render
