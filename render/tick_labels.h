#pragma once
#include <span>
#include <string>
#include <vector>

namespace rhoam::render {

/// digit·10^power, digit 1 to 9.
struct Decimal {
  int digit, power;
  /// Its decimal logarithm.
  double coordinate() const;
};

/// Short texts, in one style, of multiples of `step` (1, 2 or 5 times a power of ten): 0.25, 20k, 1.5M,
/// 3·10⁻⁷.
std::vector<std::string> linear_labels(std::span<const double> values, double step);

/// Short texts, in one style: 0.01, 50, 1000; where one would be longer, 10⁻³ and 5·10⁴ for all.
std::vector<std::string> log_labels(std::span<const Decimal> values);

}  // namespace rhoam::render
