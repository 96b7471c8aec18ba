#pragma once
#include <optional>

#include "rhoam/envs/draw_list.h"
#include "rhoam/render/canvas/canvas.h"
#include "rhoam/render/canvas/geometry.h"
#include "rhoam/render/scene/scene.h"
#include "rhoam/render/scene/theme.h"

namespace rhoam::render {

/// Maps points of a world to points of a picture: the whole view, undistorted, in the middle of a rectangle.
/// A view without extent is shown one unit large. Distant points are clamped to what a canvas accepts.
class Projection {
 public:
  Projection(const envs::DrawList::View& view, const Rect& into);

  /// Pixels per unit of the world.
  double scale() const { return scale_; }
  Point operator()(envs::Spot spot) const;

 private:
  double scale_;
  envs::Spot middle_;
  Point centre_;
};

/// Paints the world into a rectangle, undistorted and centred; its backdrop fills the rest of the rectangle.
/// Flames depend only on the scene: the same steps give the same picture, forwards and backwards. They lie
/// behind all shapes. Shapes with NaN coordinates are left out. `tint` colours what the agent moves.
void paint_scene(Canvas& canvas, const Rect& into, const Scene& scene, const Theme& theme,
                 const std::optional<Color>& tint = {});

/// Paints the actors of another world over it, pale and tinted, without flames.
void paint_ghost(Canvas& canvas, const Rect& into, const Scene& ghost, Color tint, const Theme& theme);

}  // namespace rhoam::render
