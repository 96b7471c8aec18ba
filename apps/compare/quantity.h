#pragma once
#include <span>
#include <string>

#include "apps/compare/verdict.h"

namespace rhoam::compare {

/// So many decimals, 0 … 6, that an interval of this width has five units of the last one.
int decimals_for(double width);

/// The same for numbers that stand below each other: that of the interval of median width.
int decimals_for(std::span<const Estimate> column);

/// "312", "−0.21", "–" for NaN; beyond 10^9 with an exponent.
std::string number_text(double value, int decimals);

/// Three significant digits: "2.5", "100", "1230".
std::string rounded_text(double value);

/// "312 [290, 331]"; without an interval the number alone.
std::string estimate_text(const Estimate& estimate, int decimals);

/// "1 seed", "3 seeds".
std::string counted(std::size_t count, const std::string& singular);

/// "0.012", "<0.001".
std::string p_text(double p);

}  // namespace rhoam::compare
