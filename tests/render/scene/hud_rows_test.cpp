#include <gtest/gtest.h>

#include <limits>
#include <utility>
#include <variant>

#include "rhoam/render/scene/hud_rows.h"
#include "rhoam/tests/render/overlays.h"
#include "rhoam/tests/render/pictures.h"

namespace rhoam::render {
namespace {

double reach(double value) {
  const Overlay overlay{.parts = {{"distance", value}, {"speed", 1}}};
  return std::get<row::Part>(cards_of({.overlay = &overlay}).at(1).at(1)).reach;
}

std::vector<double> heights(const Overlay& overlay) {
  std::vector<double> all;
  for (const auto& card : cards_of({.overlay = &overlay})) all.push_back(height(card));
  return all;
}

TEST(Card, WithoutAnythingToSayThereIsNone) { EXPECT_TRUE(cards_of({}).empty()); }

TEST(Card, ATitleAndGhostsNeedNoOverlay) {
  const Pane pane{.title = "a", .ghosts = {{"b", {}, {}}, {"c", {}, {}}}};
  const auto cards = cards_of(pane);
  ASSERT_EQ(cards.size(), 1u);
  EXPECT_EQ(cards[0].size(), 3u);
}

TEST(Card, HeightsDoNotDependOnValues) {
  Overlay overlay = lander_overlay();
  const auto before = heights(overlay);
  overlay.episode_return = overlay.value = overlay.parts[0].value = kNan;
  overlay.choices[0].probability = overlay.dials[0].gauge.value = overlay.dials[0].phase = kNan;
  overlay.step = 1'000'000'000;
  EXPECT_EQ(heights(overlay), before);
}

TEST(Card, LeversTakeThePlaceOfChoices) {
  const Overlay overlay{.levers = {{"main", 0, 1, 0, -1, 1}}};
  const auto cards = cards_of({.overlay = &overlay});
  ASSERT_EQ(cards.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<row::Lever>(cards[1][1]));
}

row::Executed executed(const Overlay& overlay) {
  return std::get<row::Executed>(cards_of({.overlay = &overlay}).back().back());
}

TEST(Card, SaysWhatWasExecutedWhereActionsMayBeAltered) {
  Overlay overlay{.choices = {{"left", 0.2, false, false}, {"right", 0.8, true, true}}};
  EXPECT_FALSE(std::holds_alternative<row::Executed>(cards_of({.overlay = &overlay}).back().back()));
  overlay.alters_actions = true;
  EXPECT_EQ(executed(overlay).action, "right");
  EXPECT_FALSE(executed(overlay).altered);
  std::swap(overlay.choices[0].executed, overlay.choices[1].executed);
  EXPECT_EQ(executed(overlay).action, "left");
  EXPECT_TRUE(executed(overlay).altered);
}

TEST(Card, HasTheSameHeightBeforeTheFirstAction) {
  Overlay overlay{.choices = {{"left", 0.2, false, false}, {"right", 0.8, true, true}},
                  .alters_actions = true};
  const auto after = heights(overlay);
  overlay.choices[1].chosen = overlay.choices[1].executed = false;
  EXPECT_EQ(heights(overlay), after);
  EXPECT_EQ(executed(overlay).action, "–");
}

TEST(Card, TheScaleOfPartsIsARoundNumberAboveThem) {
  EXPECT_EQ(reach(3), 100);
  EXPECT_EQ(reach(-122), 150);
  EXPECT_EQ(reach(150), 150);
  EXPECT_EQ(reach(-501), 1000);
}

TEST(Card, TheScaleOfPartsBearsHostileValues) {
  EXPECT_EQ(reach(kNan), 100);
  EXPECT_EQ(reach(std::numeric_limits<double>::infinity()), 100);
  EXPECT_GE(reach(1e300), 1e300);
}

TEST(Card, ACardThatFitsIsWhole) {
  const Overlay overlay = lander_overlay(12);
  const Card card = cards_of({.overlay = &overlay}).back();
  EXPECT_EQ(fitted(card, height(card)).size(), card.size());
}

TEST(Card, ACutCardFitsAndCountsWhatIsMissing) {
  const Overlay overlay = lander_overlay(12);
  const Card card = cards_of({.overlay = &overlay}).back();
  const Card cut = fitted(card, 200);
  EXPECT_LE(height(cut), 200);
  const auto& more = std::get<row::More>(cut.back());
  EXPECT_EQ(cut.size() - 1 + more.count, card.size());
}

TEST(Card, AHeadingAloneIsLeftOut) {
  const Overlay overlay = lander_overlay();
  EXPECT_TRUE(fitted(cards_of({.overlay = &overlay}).back(), 50).empty());
}

}  // namespace

namespace {

bool cross(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

/// Cards lie in the room and nowhere on each other.
void expect_apart(const CardColumns& columns, const Rect& room) {
  constexpr double kRounding = 1e-9;
  for (std::size_t i = 0; i < columns.cards.size(); ++i) {
    const Rect& r = columns.cards[i].room;
    EXPECT_GE(r.x * columns.zoom, room.x - kRounding);
    EXPECT_GE(r.y * columns.zoom, room.y - kRounding);
    EXPECT_LE(r.right() * columns.zoom, room.right() + kRounding);
    EXPECT_LE(r.bottom() * columns.zoom, room.bottom() + kRounding);
    for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(cross(r, columns.cards[j].room));
  }
}

bool is_cut(const PlacedCard& placed) { return std::holds_alternative<row::More>(placed.card.back()); }

std::vector<Card> cards(const Overlay& overlay) { return cards_of({.overlay = &overlay}); }

TEST(CardColumns, CardsLieApartInRoomsOfEverySize) {
  const Overlay overlay = lander_overlay(5);
  for (double width = 50; width < 4000; width *= 1.3)
    for (double height = 20; height < 3000; height *= 1.4) {
      const Rect room{7, 9, width, height};
      expect_apart(in_columns(cards(overlay), room, 4), room);
      if (width > 300) expect_apart(at_edges(cards(overlay), room, 4), room);
    }
}

TEST(CardColumns, AtEdgesTheMiddleThirdIsFree) {
  const Overlay overlay = lander_overlay(12);
  for (const auto& [room, card] : at_edges(cards(overlay), {8, 8, 584, 364}, 1).cards)
    EXPECT_TRUE(room.right() <= 200 || room.x >= 400);
}

TEST(CardColumns, CardsGrowIntoTheirRoom) {
  const Overlay overlay = lander_overlay();
  EXPECT_EQ(in_columns(cards(overlay), {0, 0, 1600, 600}, 2).zoom, 2);
  EXPECT_LT(in_columns(cards(overlay), {0, 0, 784, 231}, 2).zoom, 2);
}

TEST(CardColumns, CardsShrinkALittleBeforeOneIsCut) {
  const Overlay overlay = lander_overlay(2);
  const auto columns = in_columns(cards(overlay), {0, 0, 384, 155}, 1);
  EXPECT_EQ(columns.zoom, 0.875);
  EXPECT_EQ(columns.cards.size(), 4u);
  for (const auto& card : columns.cards) EXPECT_FALSE(is_cut(card));
}

TEST(CardColumns, TheLargestZoomDoesNotDecideWhetherCardsFit) {
  const Overlay overlay = lander_overlay(4);
  for (double largest = 1; largest < 2; largest += 0.03)
    EXPECT_EQ(in_columns(cards(overlay), {0, 0, 624, 149}, largest).cards.size(), 4u) << largest;
}

TEST(CardColumns, ACardWithoutAnyRoomIsLeftOut) {
  const Overlay overlay = lander_overlay();
  EXPECT_EQ(in_columns(cards(overlay), {0, 0, 200, 95}, 1).cards.size(), 1u);
}

TEST(CardColumns, TwelveDriftsAreCutWithoutRoom) {
  const Overlay overlay = lander_overlay(12);
  const auto columns = in_columns(cards(overlay), {0, 0, 784, 231}, 1);
  ASSERT_EQ(columns.cards.size(), 4u);
  EXPECT_TRUE(is_cut(columns.cards.back()));
}

TEST(CardColumns, TheScoreComesFirst) {
  const Overlay overlay = lander_overlay();
  const auto columns = in_columns(cards(overlay), {10, 20, 1200, 200}, 1);
  EXPECT_EQ(columns.cards.front().room.x, 10);
  EXPECT_EQ(columns.cards.front().room.y, 20);
}

TEST(CardColumns, NoCardsNeedNoColumns) { EXPECT_TRUE(in_columns({}, {0, 0, 100, 100}, 2).cards.empty()); }

}  // namespace

}  // namespace rhoam::render
