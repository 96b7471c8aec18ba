#include "render/card.h"

#include <algorithm>
#include <cmath>
#include <span>

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

/// The end of a scale for values of about a hundred: 100, 150, 200, 300, 500, 1000 …, so that it seldom
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
  // A policy that is silent for a moment, as at the end of an episode, keeps its row.
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

}  // namespace rhoam::render
