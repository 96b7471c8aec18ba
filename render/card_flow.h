#pragma once
#include <span>
#include <vector>

#include "render/card.h"
#include "render/geometry.h"

namespace rhoam::render {

/// A card at its place.
struct PlacedCard {
  Rect room;
  Card card;
};

/// Puts cards into columns of equal height, in order, so that the longest column is as short as can be. Cards
/// that do not fit are cut or, at last, left out.
std::vector<PlacedCard> flow(std::vector<Card> cards, std::span<const Rect> columns);

}  // namespace rhoam::render
