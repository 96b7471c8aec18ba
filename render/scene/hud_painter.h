#pragma once
#include "rhoam/render/canvas/canvas.h"
#include "rhoam/render/canvas/font.h"
#include "rhoam/render/scene/hud_rows.h"
#include "rhoam/render/scene/screen.h"
#include "rhoam/render/scene/theme.h"

namespace rhoam::render {

/// The sizes of text beside and over a world.
struct Lettering {
  Font small{9.5};  ///< names of things that explain themselves
  Font plain{11};
  Font bold{11, Font::Weight::bold};
  Font headline{15, Font::Weight::bold};
  Font large{20, Font::Weight::bold};
};

/// Made once, as a typeface takes longer to be found than a picture to be painted.
const Lettering& lettering();

/// What there is to say of a small world, in one line: title, step and return.
void paint_strip(Canvas& canvas, const Rect& room, const Pane& pane, const Theme& theme);

/// A horizontal scale that values lie on.
struct Track {
  Rect room;
  double low, high;

  /// Where a value lies, held within the room; NaN for what has no place.
  double column(double value) const;
};

/// The scale itself.
void paint_track(Canvas& canvas, const Track& track, Color color);
/// What lies between two values; nothing when one of them has no place.
void paint_span(Canvas& canvas, const Track& track, double from, double to, Color color);
/// A line across the scale, this much longer than it at either side; nothing for a value without a place.
void paint_tick(Canvas& canvas, const Track& track, double value, double overhang, const Stroke& stroke);
/// A disc on the scale; nothing for a value without a place.
void paint_dot(Canvas& canvas, const Track& track, double value, double diameter, Color color);

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
