#pragma once
#include <span>
#include <string>
#include <vector>

namespace rhoam::render {

/// Style in which the values of a series are drawn; dashed lines are for theory.
enum class Style { line, dashed, points, bars };

/// Values over x, with a band (points, bars: whiskers) from `low` to `high`; if one of the two is not given,
/// from or to y. All non-empty vectors have the length of x. NaN leaves a gap; infinity is drawn at the edge
/// of the plot.
struct Series {
  std::string name;  ///< at the end of the line or in the legend; empty: not shown
  std::vector<double> x = {}, y = {};
  std::vector<double> low = {}, high = {};
  Style style = Style::line;
  int color = -1;  ///< index in the palette, so that separate pictures agree; below 0: chosen by name
};

struct Axis {
  std::string label = {};
  bool log = false;                          ///< non-positive values are left out; not with categories
  std::vector<std::string> categories = {};  ///< x only: names of the places 0, 1, 2 …
};

/// A point on the x axis, marked by a dashed line with its name above the plot.
struct Landmark {
  double x;
  std::string name;
};

/// One plot: its contents, not its style.
struct Chart {
  std::string title;
  Axis x = {}, y = {};
  std::vector<Series> series = {};
  std::vector<double> changes = {};  ///< x of pale lines behind everything; they do not widen the axis
  std::vector<Landmark> landmarks = {};
  std::vector<double> levels = {};  ///< y to compare with, such as the zero of a difference
  std::string message = {};         ///< shown if there are no values: why not
};

/// Throws std::invalid_argument if a series' vectors differ in length.
void check_lengths(const Chart& chart);

/// A colour of the palette as "#rrggbb"; numbers beyond its end wrap around.
std::string palette_color(int number);

/// An SVG picture of the charts side by side, at most four in a row, under one headline (empty: none).
///
/// Series with the same name have the same colour in the whole picture; an unnamed series has that of the
/// series before it. A dashed series has a darker shade of the colour of the series with its name, or with
/// its name up to a comma ("PPO, formula" and "PPO"), else it is grey. Bars of several series at the same x
/// are placed side by side, as are points over categories. Texts are UTF-8. Letters are outlines, so that the
/// picture looks the same everywhere; the same input gives the same bytes. Throws as check_lengths does.
std::string to_svg(const std::string& headline, std::span<const Chart> charts);

}  // namespace rhoam::render
