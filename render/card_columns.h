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

/// Columns side by side, as large as the room and the largest zoom (at least 1) let them be. Cards that do
/// not fit even when they are three quarters as large are cut or, at last, left out.
CardColumns in_columns(const std::vector<Card>& cards, const Rect& room, double largest_zoom);

/// Two columns at the left and the right edge of a scene, which leave its middle third free.
CardColumns at_edges(const std::vector<Card>& cards, const Rect& room, double largest_zoom);

}  // namespace rhoam::render
