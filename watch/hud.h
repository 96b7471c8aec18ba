#pragma once
#include <cstdint>
#include <string>

#include "rhoam/render/scene/hud.h"
#include "rhoam/watch/simulation.h"

namespace rhoam::watch {

/// Three digits of a number, as many at every size; of one below a thousandth the first and its power of ten.
std::string readout(double value);

/// "ρ 0.990": with two digits of 1 − ρ.
std::string rho_readout(double rho);

/// What a viewer wants to know of a stage at one of its steps. Policy and action are those that led there: of
/// the same step as the forces that the scene shows. V(s) and the world are those of now.
render::Overlay overlay_of(const Stage& stage, std::int64_t step);

/// A dial for every parameter of the world, the drifting ones with their schedules.
std::vector<render::Overlay::Dial> dials_of(const Stage& stage, std::int64_t step);

}  // namespace rhoam::watch
