#pragma once
#include <span>
#include <string>

#include "rhoam/render/canvas/canvas.h"
#include "rhoam/render/scene/hud.h"
#include "rhoam/render/scene/screen.h"
#include "rhoam/render/scene/theme.h"

namespace rhoam::render {

/// Paints a headline in a band.
void paint_caption(Canvas& canvas, const Rect& band, const std::string& text, const Theme& theme);

/// Paints an unobtrusive line in a band.
void paint_status(Canvas& canvas, const Rect& band, const std::string& text, const Theme& theme);

/// Paints a notice of what has just happened, centred above the lower edge of a room.
void paint_notice(Canvas& canvas, const Rect& room, const std::string& text, const Theme& theme);

/// Paints how an episode ended, horizontally centred, between the upper edge and the centre of a room.
void paint_banner(Canvas& canvas, const Rect& room, const std::string& text, Overlay::Tone tone,
                  const Theme& theme);

/// Lists parameters at the right edge of a room, as wide as their names need, and as many around the selected
/// one as fit.
void paint_drift_panel(Canvas& canvas, const Rect& room, const DriftPanel& panel, const Theme& theme);

/// Dims a room and lists keys in its middle, one per line and, if there are many, in two halves side by side.
/// Shrinks the list to fit the room.
void paint_help(Canvas& canvas, const Rect& room, std::span<const KeyHelp> help, const Theme& theme);

}  // namespace rhoam::render
