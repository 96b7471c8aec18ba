#include "rhoam/render/chart/series_style.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>

namespace rhoam::render {
namespace {

constexpr Color rgb(int red, int green, int blue) { return {red / 255.0, green / 255.0, blue / 255.0}; }

const std::vector<double> kDashes = {5, 5};
constexpr double kTheoryStronger = 0.35;  // visible on the line that it explains

/// Look of theory without a measurement of its name.
Look grey(std::size_t index, const ChartColors& colors) {
  const std::array<Look, 3> looks{
      {{rgb(70, 70, 70), kDashes}, {rgb(130, 130, 130), {2, 3}}, {rgb(100, 100, 100), {10, 3, 2, 3}}}};
  Look look = looks[index % looks.size()];
  if (colors.on_dark()) look.color = {1 - look.color.red, 1 - look.color.green, 1 - look.color.blue};
  return look;
}

using Numbers = std::map<std::string, std::size_t>;

/// For every series its name or, if it has none, that of the series before it.
std::vector<std::string> owners(const Chart& chart) {
  std::vector<std::string> names;
  for (const auto& series : chart.series)
    names.push_back(series.name.empty() && !names.empty() ? names.back() : series.name);
  return names;
}

/// The names of series that are not theory, in order.
std::vector<std::string> measured(const Chart& chart) {
  const auto names = owners(chart);
  std::vector<std::string> kept;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (chart.series[i].style != Style::dashed && seen.insert(names[i]).second) kept.push_back(names[i]);
  return kept;
}

/// Palette numbers for names that several charts have.
Numbers number_shared(std::span<const Chart> charts) {
  std::map<std::string, int> uses;
  Numbers shared;
  for (const auto& chart : charts)
    for (const auto& name : measured(chart))
      if (!name.empty() && ++uses[name] > 1) shared.try_emplace(name, shared.size());
  return shared;
}

/// Numbers for the names of one chart: the shared ones and, for the other names, the remaining numbers.
Numbers number_measured(const Chart& chart, const Numbers& shared) {
  Numbers numbers;
  std::set<std::size_t> taken;
  const auto names = measured(chart);
  for (const auto& name : names)
    if (const auto found = shared.find(name); found != shared.end()) {
      numbers.insert(*found);
      taken.insert(found->second);
    }
  std::size_t next = 0;
  for (const auto& name : names) {
    while (taken.contains(next)) ++next;
    if (numbers.try_emplace(name, next).second) taken.insert(next);
  }
  return numbers;
}

/// The measurement that a theory explains: that of its name, or of its name up to a comma.
Numbers::const_iterator explained(const Numbers& numbers, const std::string& theory) {
  const auto found = numbers.find(theory);
  return found != numbers.end() ? found : numbers.find(theory.substr(0, theory.rfind(", ")));
}

std::vector<Look> looks_of(const Chart& chart, const Numbers& numbers, const ChartColors& colors) {
  const auto names = owners(chart);
  Numbers theories;
  std::vector<Look> looks;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& series = chart.series[i];
    if (series.color >= 0)
      looks.push_back({.color = palette_tone(static_cast<std::size_t>(series.color), colors),
                       .dashes = series.style == Style::dashed ? kDashes : std::vector<double>{}});
    else if (series.style != Style::dashed)
      looks.push_back({.color = palette_tone(numbers.at(names[i]), colors)});
    else if (const auto found = explained(numbers, names[i]); found != numbers.end())
      looks.push_back({colors.stronger(palette_tone(found->second, colors), kTheoryStronger), kDashes});
    else
      looks.push_back(grey(theories.try_emplace(names[i], theories.size()).first->second, colors));
  }
  return looks;
}

}  // namespace

// Okabe & Ito 2008, the most distinguishable first, the yellow dark enough for white paper. Their black is
// reserved for axes and theory. When all are used, they repeat in a stronger tone. On dark paper all are
// light enough.
Color palette_tone(std::size_t number, const ChartColors& colors) {
  constexpr std::array kColours{rgb(0, 114, 178), rgb(213, 94, 0),   rgb(0, 158, 115), rgb(204, 121, 167),
                                rgb(230, 159, 0), rgb(86, 180, 233), rgb(240, 228, 66)};
  constexpr std::array kStronger{0.0, 0.4};
  const Color tone = kColours[number % kColours.size()];
  return colors.stronger(colors.on_dark() ? tone.no_darker_than(0.48) : tone.no_lighter_than(0.68),
                         kStronger[number / kColours.size() % kStronger.size()]);
}

std::string palette_color(int number) {
  return hex(palette_tone(static_cast<std::size_t>(number), ChartColors{}));
}

std::vector<std::vector<Look>> choose_looks(std::span<const Chart> charts, const ChartColors& colors) {
  const Numbers shared = number_shared(charts);
  std::vector<std::vector<Look>> looks;
  for (const auto& chart : charts) looks.push_back(looks_of(chart, number_measured(chart, shared), colors));
  return looks;
}

}  // namespace rhoam::render
