#pragma once
#include "render/canvas.h"
#include "render/screen.h"

namespace rhoam::render {

/// What there is to say of a small world, in one line: title, step and return.
void paint_strip(Canvas& canvas, const Rect& room, const Pane& pane, const Theme& theme);

}  // namespace rhoam::render
