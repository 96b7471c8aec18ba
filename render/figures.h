#pragma once
#include <cstdint>
#include <string>

namespace rhoam::render {

/// The widest text that `figure` gives.
inline constexpr const char* kWidestFigure = "−00000.0";

/// A number in a column, with a true minus sign: so many decimals, none from 100,000 on, one digit and a
/// power of ten from a million on; "–" for what is not finite.
std::string figure(double value, int decimals);

/// A count with its thousands apart: "40,960".
std::string grouped(std::int64_t count);

/// The decimals that tell values on a scale of this length apart.
int decimals_on(double low, double high);

}  // namespace rhoam::render
