#pragma once
#include <vector>

#include "render/card.h"
#include "render/geometry.h"

namespace rhoam::render {

/// A card at its place.
struct PlacedCard {
  Rect room;
  Card card;
};

/// Cards in columns, in lengths that are to be zoomed.
struct CardColumns {
  double zoom = 1;
  std::vector<PlacedCard> cards = {};
};

/// Columns side by side, as many and as large as the cards need. At zoom 1 cards that do not fit are cut or,
/// at last, left out.
CardColumns in_columns(const std::vector<Card>& cards, const Rect& room, double largest_zoom);

/// Two columns at the left and the right edge of a scene, which leave its middle third free.
CardColumns at_edges(const std::vector<Card>& cards, const Rect& room, double largest_zoom);

}  // namespace rhoam::render
