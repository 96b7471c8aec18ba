#pragma once
#include <span>
#include <string>

#include "rhoam/render/canvas/canvas.h"
#include "rhoam/render/scene/hud.h"
#include "rhoam/render/scene/screen.h"
#include "rhoam/render/scene/theme.h"

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

/// Lists parameters at the right edge of a room, as many around the selected one as have room, as wide as
/// their names want.
void paint_drift_panel(Canvas& canvas, const Rect& room, const DriftPanel& panel, const Theme& theme);

/// Dims a room and lists keys in its middle, in lines below each other and, where there are many, in two
/// halves side by side. Shrinks what is too large for the room.
void paint_help(Canvas& canvas, const Rect& room, std::span<const KeyHelp> help, const Theme& theme);

}  // namespace rhoam::render
