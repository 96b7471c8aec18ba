#pragma once
#include <cstdint>
#include <span>

#include "envs/draw_list.h"
#include "render/geometry.h"
#include "render/theme.h"

namespace rhoam::render {

class Canvas;

/// Steps that a flame lives at most.
inline constexpr int kFlameSteps = 32;

/// A world in one moment of its episode.
struct Scene {
  /// What was to be seen at this step and at those before it, the newest last; flames need kFlameSteps of
  /// them.
  std::span<const envs::DrawList* const> recent;
  std::int64_t step = 0;  ///< of the newest
  bool notes = true;      ///< with arrows and the like
};

/// Paints the world into a rectangle, undistorted and centred; what is behind the world fills the rest of it.
/// Flames are a function of the scene alone: the same steps give the same picture, forwards and backwards.
/// They lie behind all shapes. Shapes with places that are no numbers are left out.
void paint_scene(Canvas& canvas, const Rect& into, const Scene& scene, const Theme& theme);

/// Lays the actors of another world over it, pale and tinted with the theme's accent, without flames.
void paint_ghost(Canvas& canvas, const Rect& into, const Scene& ghost, const Theme& theme);

}  // namespace rhoam::render
