#include "render/card.h"

#include <gtest/gtest.h>

#include <limits>
#include <utility>
#include <variant>

#include "tests/render/overlays.h"

namespace rhoam::render {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

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
}  // namespace rhoam::render
