#include "render/card_columns.h"

#include <gtest/gtest.h>

#include <variant>

#include "tests/render/overlays.h"

namespace rhoam::render {
namespace {

bool overlap(const Rect& a, const Rect& b) {
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
    for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(overlap(r, columns.cards[j].room));
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
