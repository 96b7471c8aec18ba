#pragma once
#include <cstddef>
#include <vector>

#include "render/geometry.h"

namespace rhoam::render {

/// Width over height of a world's picture.
inline constexpr double kSceneAspect = 1.5;

/// The largest rectangle of that aspect in the middle of the room.
Rect scene_in(const Rect& room);

/// So many cells in rows of equal length, `gap` apart, in which scenes are as large as can be.
std::vector<Rect> cells_in(const Rect& room, std::size_t count, double gap);

}  // namespace rhoam::render
