#pragma once
#include <string>

#include "render/canvas.h"
#include "render/overlay.h"
#include "render/theme.h"

namespace rhoam::render {

/// A headline in a band.
void paint_caption(Canvas& canvas, const Rect& band, const std::string& text, const Theme& theme);

/// A quiet line in a band.
void paint_status(Canvas& canvas, const Rect& band, const std::string& text, const Theme& theme);

/// What has just happened: in the middle above the lower edge of a room.
void paint_notice(Canvas& canvas, const Rect& room, const std::string& text, const Theme& theme);

/// How an episode ended: in the middle of a room, between its upper edge and its centre.
void paint_banner(Canvas& canvas, const Rect& room, const std::string& text, Overlay::Tone tone,
                  const Theme& theme);

}  // namespace rhoam::render
