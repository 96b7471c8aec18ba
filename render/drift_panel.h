#pragma once
#include "render/canvas.h"
#include "render/screen.h"

namespace rhoam::render {

/// Lists parameters at the right edge of a room, as many around the selected one as have room, as wide as
/// their names want.
void paint_drift_panel(Canvas& canvas, const Rect& room, const DriftPanel& panel, const Theme& theme);

}  // namespace rhoam::render
