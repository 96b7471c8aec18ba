#pragma once
#include <string>

namespace rhoam::watch {

/// Three digits of a number, as many at every size; of one below a thousandth the first and its power of ten.
std::string readout(double value);

/// "ρ 0.990": with two digits of 1 − ρ.
std::string rho_readout(double rho);

}  // namespace rhoam::watch
