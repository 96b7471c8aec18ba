#pragma once
#include <vector>

#include "rhoam/envs/draw_list.h"
#include "rhoam/render/canvas/color.h"
#include "rhoam/render/scene/scene.h"

namespace rhoam::render {

/// A soft disc of burning gas, or of the smoke that it leaves.
struct Puff {
  envs::Spot centre;
  double radius;  ///< in units of the world
  Color color;
};

/// The puffs of all engines that have burnt in the last kFlameSteps steps, those to be painted first first.
/// Worlds are taken to run at 50 steps a second. Where a puff is and how it looks is a formula of the exhaust
/// that it came from, its age, and a hash of its step and number.
std::vector<Puff> flames(const Scene& scene);

}  // namespace rhoam::render
