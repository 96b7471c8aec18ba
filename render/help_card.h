#pragma once
#include <span>

#include "render/canvas.h"
#include "render/screen.h"

namespace rhoam::render {

/// Dims a room and lists keys in its middle, in lines below each other and, where there are many, in two
/// halves side by side. Shrinks what is too large for the room.
void paint_help(Canvas& canvas, const Rect& room, std::span<const KeyHelp> help, const Theme& theme);

}  // namespace rhoam::render
