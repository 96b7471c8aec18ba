#pragma once
#include <cstdint>
#include <string>

#include "rhoam/render/scene/hud.h"
#include "rhoam/watch/simulation.h"

namespace rhoam::watch {

/// A number with three significant digits, from a thousand on as an integer; below a thousandth, its first
/// digit and power of ten.
std::string readout(double value);

/// "ρ 0.990": two significant digits of 1 − ρ.
std::string rho_readout(double rho);

/// HUD contents of a simulation at one of its steps. Policy and action are those that led there, as are the
/// forces in the scene; V(s) and the world are current.
render::Overlay overlay_of(const Simulation& simulation, std::int64_t step);

/// A dial for every parameter of the world, the drifting ones with their schedules.
std::vector<render::Overlay::Dial> dials_of(const Simulation& simulation, std::int64_t step);

}  // namespace rhoam::watch
