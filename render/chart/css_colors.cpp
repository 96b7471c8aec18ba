#include "rhoam/render/chart/css_colors.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <vector>

#include "rhoam/render/chart/series_style.h"

namespace rhoam::render {
namespace {

/// Colours for a dark page; `paper` is that page's background.
ChartColors dark_colors() {
  const auto grey = [](double part) { return Color{part, part, part}; };
  return {.paper = grey(27.0 / 255),
          .text = grey(0.89),
          .quiet = grey(0.68),
          .axis = grey(0.55),
          .tick = grey(0.40),
          .grid = grey(0.22),
          .change = Color{0.76, 0.36, 0.16}.lighter(0.3),
          .landmark = grey(0.55)};
}

struct Variable {
  std::string name;
  Color light, dark;
};

std::vector<Variable> variables() {
  const ChartColors light, dark = dark_colors();
  std::vector<Variable> all{
      {"--chart-paper", light.paper, dark.paper},   {"--chart-text", light.text, dark.text},
      {"--chart-quiet", light.quiet, dark.quiet},   {"--chart-axis", light.axis, dark.axis},
      {"--chart-tick", light.tick, dark.tick},      {"--chart-grid", light.grid, dark.grid},
      {"--chart-change", light.change, dark.change}};
  for (std::size_t i = 0; i < kPaletteSize; ++i) {
    const Color on_light = palette_tone(i, light), on_dark = palette_tone(i, dark);
    const auto name = css_series(static_cast<int>(i));
    all.push_back({name, on_light, on_dark});
    all.push_back({name + "-text", light.legible(on_light), dark.legible(on_dark)});
  }
  return all;
}

/// The colour of "10%, 20.5%,30%"; nothing for another text.
std::optional<Color> parse_percentages(const char* text) {
  std::array<double, 3> parts{};
  for (auto& part : parts) {
    char* end = nullptr;
    part = std::strtod(text, &end) / 100;
    if (end == text || *end != '%') return std::nullopt;
    text = end + 1 + (end[1] == ',');
  }
  return Color{parts[0], parts[1], parts[2]};
}

bool alike(const Color& a, const Color& b) {
  constexpr double kCut = 0.001;  // rounding of the decimals in a picture
  return std::abs(a.red - b.red) < kCut && std::abs(a.green - b.green) < kCut &&
         std::abs(a.blue - b.blue) < kCut;
}

}  // namespace

std::string css_colors(bool dark) {
  std::string text;
  for (const auto& each : variables())
    text += fmt::format("{}: {}; ", each.name, hex(dark ? each.dark : each.light));
  return text;
}

std::string css_series(int number) {
  return fmt::format("--series-{}", static_cast<std::size_t>(number) % kPaletteSize);
}

std::string with_css_colors(const std::string& svg) {
  const auto all = variables();
  std::string text;
  std::size_t from = 0;
  for (std::size_t at; (at = svg.find("rgb(", from)) != std::string::npos;) {
    const auto end = svg.find(')', at);
    const auto color = parse_percentages(svg.c_str() + at + 4);
    const auto variable =
        std::ranges::find_if(all, [&](const Variable& each) { return color && alike(each.light, *color); });
    text += svg.substr(from, at - from);
    text += variable == all.end() ? svg.substr(at, end + 1 - at) : "var(" + variable->name + ")";
    from = end + 1;
  }
  return text + svg.substr(from);
}

}  // namespace rhoam::render
