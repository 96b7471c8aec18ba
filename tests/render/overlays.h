#pragma once
#include <string>

#include "rhoam/render/scene/hud.h"

namespace rhoam::render {

/// An overlay of a lander with so many dials, every other one of which drifts.
inline Overlay lander_overlay(int dials = 3) {
  Overlay overlay{.step = 238,
                  .step_limit = 1000,
                  .episode_return = -131.4,
                  .parts = {{"distance", 61.3}, {"speed", -22.4}, {"main engine", -14.1}},
                  .value = 31.3,
                  .choices = {{"nothing", 0.2, false}, {"main engine", 0.8, true}}};
  for (int i = 0; i < dials; ++i)
    overlay.dials.push_back({.gauge = {"dial " + std::to_string(i), 0.5, -1, 1, "N"},
                             .schedule = i % 2 == 0 ? "sine:period=50000" : "",
                             .phase = 0.25});
  return overlay;
}

}  // namespace rhoam::render
