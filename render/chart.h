#pragma once
#include <span>
#include <string>
#include <vector>

namespace rhoam::render {

/// How the values of a series are drawn.
enum class Style { line, dashed, points, bars };

/// Values over x, with a band (points, bars: whiskers) from `low` to `high` where they are given. All vectors
/// that are not empty have the length of x; NaN leaves a gap.
struct Series {
  std::string name;  ///< in the legend; empty: not there
  std::vector<double> x = {}, y = {};
  std::vector<double> low = {}, high = {};
  Style style = Style::line;
};

struct Axis {
  std::string label = {};
  bool log = false;                          ///< values that are not positive are left out
  std::vector<std::string> categories = {};  ///< x only: names of the places 0, 1, 2 …
};

/// One plot: what is shown, and nothing about how.
struct Chart {
  std::string title;
  Axis x = {}, y = {};
  std::vector<Series> series = {};
};

/// An SVG picture of the charts side by side under one headline (empty: none). Throws std::invalid_argument
/// when a series' vectors differ in length.
std::string to_svg(const std::string& headline, std::span<const Chart> charts);

}  // namespace rhoam::render
