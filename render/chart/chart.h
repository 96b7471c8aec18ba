#pragma once
#include <span>
#include <string>
#include <vector>

namespace rhoam::render {

/// How the values of a series are drawn; dashed lines are for theory.
enum class Style { line, dashed, points, bars };

/// Values over x, with a band (points, bars: whiskers) from `low` to `high`; where one of the two is not
/// given, from or to y. All vectors that are not empty have the length of x. NaN leaves a gap; infinity is
/// drawn at the edge of the plot.
struct Series {
  std::string name;  ///< at the end of the line or in the legend; empty: not there
  std::vector<double> x = {}, y = {};
  std::vector<double> low = {}, high = {};
  Style style = Style::line;
  int color = -1;  ///< number in the palette, so that separate pictures agree; below 0: chosen by name
};

struct Axis {
  std::string label = {};
  bool log = false;  ///< values that are not positive are left out; not with categories
  std::vector<std::string> categories = {};  ///< x only: names of the places 0, 1, 2 …
};

/// A place on the x axis that is pointed out by a dashed line with its name above the plot.
struct Landmark {
  double x;
  std::string name;
};

/// One plot: what is shown, and nothing about how.
struct Chart {
  std::string title;
  Axis x = {}, y = {};
  std::vector<Series> series = {};
  std::vector<double> changes = {};  ///< x of pale lines behind everything; they do not widen the axis
  std::vector<Landmark> landmarks = {};
  std::vector<double> levels = {};  ///< y to compare with, such as the zero of a difference
  std::string message = {};         ///< in place of values, where there are none: why
};

/// Throws std::invalid_argument when a series' vectors differ in length.
void check_lengths(const Chart& chart);

/// A colour of the palette as "#rrggbb"; the numbers beyond its end begin again.
std::string palette_color(int number);

/// An SVG picture of the charts side by side, at most four in a row, under one headline (empty: none).
///
/// Series of one name have one colour in the whole picture; an unnamed series has that of the series before
/// it. A dashed series has the colour, darker, of the series of its name or of its name up to a comma ("PPO,
/// formula" and "PPO"), else it is grey. Bars of several series share the place of one x, and so do points
/// over categories. Texts are UTF-8. Letters are outlines, so that the picture is the same wherever it is
/// shown; the same input gives the same bytes. Throws as check_lengths does.
std::string to_svg(const std::string& headline, std::span<const Chart> charts);

}  // namespace rhoam::render
