#pragma once
#include "render/canvas.h"

namespace rhoam::render {

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

}  // namespace rhoam::render
