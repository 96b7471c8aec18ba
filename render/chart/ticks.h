#pragma once
#include <span>
#include <string>
#include <vector>

#include "rhoam/render/chart/axis.h"

namespace rhoam::render {

/// A marked coordinate.
struct Tick {
  double at;
  std::string label;
};

/// The ticks of an axis in increasing order; the minor ones of a log axis have no label.
struct Ticks {
  std::vector<Tick> labelled = {};
  std::vector<double> minor = {};
};

/// Round coordinates within a distinct extent (axis.h): multiples of 1, 2 or 5 times a power of ten; on a log
/// axis the powers of ten or, if there are fewer than three of those, 1, 2 and 5 times a power. `max_count`
/// (at least 3) limits the steps between the labelled ones.
Ticks make_ticks(const Extent& extent, bool log, int max_count);

/// The extent, widened so that it begins and ends at such ticks.
Extent rounded(const Extent& extent, bool log, int max_count);

/// digit·10^power, digit 1 to 9.
struct Decimal {
  int digit, power;
  /// Its decimal logarithm.
  double coordinate() const;
};

/// Short texts, in one style, for multiples of `step` (1, 2 or 5 times a power of ten): 0.25, 20k, 1.5M,
/// 3·10⁻⁷.
std::vector<std::string> linear_labels(std::span<const double> values, double step);

/// Short texts, in one style: 0.01, 50, 1000; if one would be longer, 10⁻³ and 5·10⁴ for all.
std::vector<std::string> log_labels(std::span<const Decimal> values);

}  // namespace rhoam::render
