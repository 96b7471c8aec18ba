#include "rhoam/render/scene/hud_rows.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

namespace rhoam::render {
namespace {

struct Height {
  double operator()(const row::Title&) const { return 17; }
  double operator()(const row::Heading&) const { return 15; }
  double operator()(const row::Score&) const { return 26; }
  double operator()(const row::Number&) const { return 16; }
  double operator()(const row::Progress&) const { return 20; }
  double operator()(const row::Part&) const { return 15; }
  double operator()(const row::Choice&) const { return 16; }
  double operator()(const row::Lever&) const { return 28; }
  double operator()(const row::Executed&) const { return 16; }
  double operator()(const row::Dial& dial) const { return dial.dial->schedule.empty() ? 28 : 45; }
  double operator()(const row::Ghost&) const { return 15; }
  double operator()(const row::More&) const { return 13; }
};

double rows_height(const Card& card) {
  double sum = 0;
  for (const auto& row : card) sum += height(row);
  return sum;
}

/// The end of a scale for values around a hundred: 100, 150, 200, 300, 500, 1000 …, so that it rarely
/// changes.
double reach_of(std::span<const envs::ReturnPart> parts) {
  double largest = 100;
  for (const auto& part : parts)
    if (std::isfinite(part.value)) largest = std::max(largest, std::abs(part.value));
  const double power = std::pow(10, std::floor(std::log10(largest)));
  for (const double digit : {1.0, 1.5, 2.0, 3.0, 5.0})
    if (largest <= digit * power) return digit * power;
  return 10 * power;
}

/// A row for every item below a heading; nothing without items.
template <class Items, class Make>
Card listed(const char* heading, const Items& items, Make make) {
  Card card;
  if (items.empty()) return card;
  card.push_back(row::Heading{heading});
  for (const auto& item : items) card.push_back(make(item));
  return card;
}

void add_score(Card& card, const Overlay& overlay) {
  card.push_back(row::Score{"return", overlay.episode_return});
  card.push_back(row::Progress{overlay.step, overlay.step_limit});
  // A policy without a value for a moment, as at the end of an episode, keeps its row.
  const bool has_policy = !overlay.choices.empty() || !overlay.levers.empty();
  if (has_policy || !std::isnan(overlay.value)) card.push_back(row::Number{"value V(s)", overlay.value});
}

Card score_card(const Pane& pane) {
  Card card;
  if (!pane.title.empty()) card.push_back(row::Title{&pane.title, pane.color});
  if (pane.overlay != nullptr) add_score(card, *pane.overlay);
  for (const auto& ghost : pane.ghosts) card.push_back(row::Ghost{&ghost});
  return card;
}

Card parts_card(const Overlay& overlay) {
  return listed("Parts of the return", overlay.parts,
                [reach = reach_of(overlay.parts)](const envs::ReturnPart& part) {
                  return row::Part{&part, reach};
                });
}

row::Executed executed_row(const Overlay& overlay) {
  const auto executed = std::ranges::find(overlay.choices, true, &Overlay::Choice::executed);
  if (executed == overlay.choices.end()) return {.action = "–", .altered = false};
  return {.action = executed->name, .altered = !executed->chosen};
}

Card policy_card(const Overlay& overlay) {
  if (!overlay.levers.empty())
    return listed("Policy", overlay.levers, [](const Overlay::Lever& it) { return row::Lever{&it}; });
  Card card = listed("Policy", overlay.choices, [](const Overlay::Choice& it) { return row::Choice{&it}; });
  if (overlay.alters_actions && !card.empty()) card.push_back(executed_row(overlay));
  return card;
}

Card world_card(const Overlay& overlay) {
  return listed("World", overlay.dials, [](const Overlay::Dial& it) { return row::Dial{&it}; });
}

}  // namespace

double height(const Row& row) { return std::visit(Height{}, row); }

double height(const Card& card) { return card.empty() ? 0 : rows_height(card) + 2 * kCardPadding; }

Card fitted(Card card, double room) {
  if (height(card) <= room) return card;
  std::size_t cut = 0;
  while (!card.empty() && height(card) + Height{}(row::More{}) > room) {
    card.pop_back();
    ++cut;
  }
  if (card.size() < 2) return {};
  card.push_back(row::More{cut});
  return card;
}

std::vector<Card> cards_of(const Pane& pane) {
  std::vector<Card> cards{score_card(pane)};
  if (pane.overlay != nullptr)
    for (auto card : {parts_card(*pane.overlay), policy_card(*pane.overlay), world_card(*pane.overlay)})
      cards.push_back(std::move(card));
  std::erase_if(cards, [](const Card& card) { return card.empty(); });
  return cards;
}

namespace {

constexpr double kRowGap = 6;
constexpr double kColumn = 184, kWidestColumn = 260;
constexpr double kZoomStep = 0.125, kLeastZoom = 0.75;

/// The column number of each card.
using Assignment = std::vector<std::size_t>;

/// Advances to the next assignment in lexicographic order; returns false after the last.
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
    double sum = -kRowGap;
    for (std::size_t card = 0; card < heights.size(); ++card)
      if (assignment[card] == column) sum += kRowGap + heights[card];
    length = std::max(length, sum);
  }
  return length;
}

/// The assignment with the shortest longest column, the lexicographically first if there are several. With so
/// few cards and columns, all can be tried.
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

/// Places cards below each other in their columns; those that do not fit are cut or left out.
std::vector<PlacedCard> stacked(const std::vector<Card>& cards, const Assignment& assignment,
                                std::vector<Rect> columns) {
  std::vector<PlacedCard> placed;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    Rect& rest = columns[assignment[i]];
    Card card = fitted(cards[i], rest.height);
    if (card.empty()) continue;
    const double taken = height(card);
    placed.push_back({{rest.x, rest.y, rest.width, taken}, std::move(card)});
    rest.y += taken + kRowGap;
    rest.height -= taken + kRowGap;
  }
  return placed;
}

Rect shrunk(const Rect& r, double zoom) { return {r.x / zoom, r.y / zoom, r.width / zoom, r.height / zoom}; }

/// The cards in the columns available at a zoom; nothing if they do not fit and may not be `cut`.
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

/// Tries zooms in descending order until all cards fit.
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
    const double count = std::clamp(std::floor((r.width + kRowGap) / (kColumn + kRowGap)), 1.0, most);
    const double width = std::min(kWidestColumn, (r.width - (count - 1) * kRowGap) / count);
    std::vector<Rect> columns;
    for (double i = 0; i < count; ++i) columns.push_back({r.x + i * (width + kRowGap), r.y, width, r.height});
    return columns;
  });
}

CardColumns at_edges(const std::vector<Card>& cards, const Rect& room, double largest_zoom) {
  const auto third = [](const Rect& r) { return r.width / 3 - kRowGap; };
  return largest(cards, room, std::clamp(third(room) / kColumn, 1.0, largest_zoom), [third](const Rect& r) {
    const double width = std::min(kColumn, third(r));
    return std::vector<Rect>{{r.x, r.y, width, r.height}, {r.right() - width, r.y, width, r.height}};
  });
}

}  // namespace rhoam::render
