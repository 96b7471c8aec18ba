#pragma once
#include "render/canvas.h"
#include "render/card.h"
#include "render/theme.h"

namespace rhoam::render {

/// Paints one line of a card; only its width is free.
void paint_row(Canvas& canvas, const Rect& room, const Row& row, const Theme& theme);

/// Paints the lines of a card below each other, from the upper edge of the room.
void paint_rows(Canvas& canvas, const Rect& room, const Card& card, const Theme& theme);

/// Paints the mark of a player at the left end of a line; the width that it takes there.
double paint_mark(Canvas& canvas, const Rect& room, Color color);

/// The width in which a dial is painted in full, whatever its value on its scale.
double full_width(const Overlay::Dial& dial);

/// What lies behind a card: what is below it shines through.
void paint_card_ground(Canvas& canvas, const Rect& room, const Theme& theme);

}  // namespace rhoam::render
