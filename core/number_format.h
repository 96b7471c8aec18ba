#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "rhoam/core/bootstrap.h"

namespace rhoam::core {

/// The widest text of `fixed_text` with at most one decimal.
inline constexpr const char* kWidestNumber = "−00000.0";

/// A number for a column, with a true minus sign: no decimals from 100,000 on, one digit and a power of ten
/// from a million on; "–" when it is not finite.
std::string fixed_text(double value, int decimals);

/// A count with thousands separators: "40,960".
std::string grouped(std::int64_t count);

/// Number of decimals for values on an axis from `low` to `high`.
int decimals_on(double low, double high);

/// Number of decimals, 0 … 6, that gives an interval of this width at least five units of the last one.
int decimals_for(double width);

/// The same for a column of numbers, by the median width of their intervals.
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

}  // namespace rhoam::core
