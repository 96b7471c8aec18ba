#pragma once
#include <limits>
#include <string>

namespace rhoam::core {

/// The values that a number may take; the ends are included unless open.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;
  bool high_open = false;

  bool contains(double value) const {
    return (low_open ? value > low : value >= low) && (high_open ? value < high : value <= high);
  }
  /// "1 … 1000", "at least 1", "above 0, below 1".
  std::string text() const;
};

}  // namespace rhoam::core
