#pragma once
#include <optional>

#include "render/canvas.h"
#include "render/scene.h"
#include "render/theme.h"

namespace rhoam::render {

/// Paints the world into a rectangle, undistorted and centred; what is behind the world fills the rest of it.
/// Flames are a function of the scene alone: the same steps give the same picture, forwards and backwards.
/// They lie behind all shapes. Shapes with places that are no numbers are left out. A tint is of what the
/// agent moves.
void paint_scene(Canvas& canvas, const Rect& into, const Scene& scene, const Theme& theme,
                 const std::optional<Color>& tint = {});

/// Lays the actors of another world over it, pale and tinted, without flames.
void paint_ghost(Canvas& canvas, const Rect& into, const Scene& ghost, Color tint, const Theme& theme);

}  // namespace rhoam::render
