#pragma once
#include "rhoam/render/canvas/canvas.h"
#include "rhoam/render/canvas/font.h"
#include "rhoam/render/scene/hud_rows.h"
#include "rhoam/render/scene/screen.h"
#include "rhoam/render/scene/theme.h"

namespace rhoam::render {

/// Fonts of the text beside and over a world.
struct Lettering {
  Font small{9.5};  ///< names that need no emphasis
  Font plain{11};
  Font bold{11, Font::Weight::bold};
  Font headline{15, Font::Weight::bold};
  Font large{20, Font::Weight::bold};
};

/// Created once: finding a typeface takes longer than painting a picture.
const Lettering& lettering();

/// Paints the HUD of a small world in one line: title, step and return.
void paint_strip(Canvas& canvas, const Rect& room, const Pane& pane, const Theme& theme);

/// A horizontal scale for values.
struct Track {
  Rect room;
  double low, high;

  /// x of a value, clamped to the room; NaN if it has none.
  double column(double value) const;
};

/// Paints the scale itself.
void paint_track(Canvas& canvas, const Track& track, Color color);
/// Paints the part between two values; nothing if one of them has no place.
void paint_span(Canvas& canvas, const Track& track, double from, double to, Color color);
/// Paints a line across the scale, `overhang` longer at either side; nothing for a value without a place.
void paint_tick(Canvas& canvas, const Track& track, double value, double overhang, const Stroke& stroke);
/// Paints a disc on the scale; nothing for a value without a place.
void paint_dot(Canvas& canvas, const Track& track, double value, double diameter, Color color);

/// Paints one row of a card; its height is fixed.
void paint_row(Canvas& canvas, const Rect& room, const Row& row, const Theme& theme);

/// Paints the rows of a card below each other, from the upper edge of the room.
void paint_rows(Canvas& canvas, const Rect& room, const Card& card, const Theme& theme);

/// Paints the mark of a player at the left end of a row. Returns the width that it takes.
double paint_mark(Canvas& canvas, const Rect& room, Color color);

/// The width that shows a dial in full at any value on its scale.
double full_width(const Overlay::Dial& dial);

/// Paints the translucent background of a card.
void paint_card_ground(Canvas& canvas, const Rect& room, const Theme& theme);

}  // namespace rhoam::render
