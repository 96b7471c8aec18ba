#pragma once
#include "render/canvas.h"
#include "render/layout.h"
#include "render/screen.h"

namespace rhoam::render {

/// Paints a world with its ghosts, and what there is to say of it, where the layout wants it.
void paint_pane(Canvas& canvas, const PaneLayout& layout, const Pane& pane, const Theme& theme);

}  // namespace rhoam::render
