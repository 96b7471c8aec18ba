#pragma once
#include <cstdint>

#include "apps/watch/stage.h"
#include "render/overlay.h"

namespace rhoam::watch {

/// What a viewer wants to know of a stage at one of its steps. Policy and action are those that led there: of
/// the same step as the forces that the scene shows. V(s) and the world are those of now.
render::Overlay overlay_of(const Stage& stage, std::int64_t step);

/// A dial for every parameter of the world, the drifting ones with their schedules.
std::vector<render::Overlay::Dial> dials_of(const Stage& stage, std::int64_t step);

}  // namespace rhoam::watch
