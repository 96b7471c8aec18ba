#pragma once
#include "envs/draw_list.h"
#include "render/geometry.h"

namespace rhoam::render {

/// From places of a world to those of a picture: the whole view, undistorted, in the middle of a rectangle.
/// A view without extent is shown one unit large. Far places are drawn in to what a canvas can hold.
class Projection {
 public:
  Projection(const envs::DrawList::View& view, const Rect& into);

  /// Pixels for a unit of the world.
  double scale() const { return scale_; }
  Point operator()(envs::Spot spot) const;

 private:
  double scale_;
  envs::Spot middle_;
  Point centre_;
};

}  // namespace rhoam::render
