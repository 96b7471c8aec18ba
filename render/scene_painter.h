#pragma once
#include "render/canvas.h"
#include "render/scene.h"
#include "render/theme.h"

namespace rhoam::render {

/// Paints the world into a rectangle, undistorted and centred; what is behind the world fills the rest of it.
/// Flames are a function of the scene alone: the same steps give the same picture, forwards and backwards.
/// They lie behind all shapes. Shapes with places that are no numbers are left out.
void paint_scene(Canvas& canvas, const Rect& into, const Scene& scene, const Theme& theme);

/// Lays the actors of another world over it, pale and tinted with the theme's accent, without flames.
void paint_ghost(Canvas& canvas, const Rect& into, const Scene& ghost, const Theme& theme);

/// The colour of what is steered, as a ghost.
Color ghost_color(const Theme& theme);

}  // namespace rhoam::render
