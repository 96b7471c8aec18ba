#pragma once
#include <vector>

#include "rhoam/envs/draw_list.h"
#include "rhoam/render/canvas/color.h"
#include "rhoam/render/scene/scene.h"

namespace rhoam::render {

/// A soft disc of burning gas, of the smoke that it leaves, or of the light around a nozzle.
struct Puff {
  envs::Spot centre;
  double radius;  ///< in units of the world
  Color color;
};

/// The puffs of all engines that have fired in the last kFlameSteps steps, in painting order. Worlds are
/// assumed to run at 50 steps a second. Position and look of a puff are a function of its exhaust, its age,
/// and a hash of its step and number.
std::vector<Puff> flames(const Scene& scene);

}  // namespace rhoam::render
