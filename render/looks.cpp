#include "render/looks.h"

#include <array>
#include <map>
#include <string>

namespace rhoam::render {
namespace {

constexpr Color rgb(int red, int green, int blue) { return {red / 255.0, green / 255.0, blue / 255.0}; }

/// Okabe & Ito 2008, the easiest to tell apart first. Their black is left to axes and theory. When all are
/// used, they come again darker.
Color colour(std::size_t index) {
  constexpr std::array kColours{rgb(0, 114, 178), rgb(213, 94, 0),   rgb(0, 158, 115), rgb(204, 121, 167),
                                rgb(230, 159, 0), rgb(86, 180, 233), rgb(240, 228, 66)};
  constexpr std::array kDarker{0.0, 0.4};
  return kColours[index % kColours.size()].darker(kDarker[index / kColours.size() % kDarker.size()]);
}

const std::vector<double> kDashes = {6, 4};

/// Of theory that belongs to no measurement.
Look grey(std::size_t index) {
  const std::array<Look, 3> looks{
      {{rgb(70, 70, 70), kDashes}, {rgb(130, 130, 130), {2, 3}}, {rgb(100, 100, 100), {10, 3, 2, 3}}}};
  return looks[index % looks.size()];
}

/// Numbers in the order of first appearance.
class Numbers {
 public:
  bool has(const std::string& name) const { return numbers_.contains(name); }
  std::size_t of(const std::string& name) {
    return numbers_.try_emplace(name, numbers_.size()).first->second;
  }

 private:
  std::map<std::string, std::size_t> numbers_;
};

/// For every series its name or, where it has none, that of the series before it.
std::vector<std::string> owners(const Chart& chart) {
  std::vector<std::string> names;
  for (const auto& series : chart.series)
    names.push_back(series.name.empty() && !names.empty() ? names.back() : series.name);
  return names;
}

Numbers number_measured(std::span<const Chart> charts) {
  Numbers measured;
  for (const auto& chart : charts) {
    const auto names = owners(chart);
    for (std::size_t i = 0; i < names.size(); ++i)
      if (chart.series[i].style != Style::dashed) measured.of(names[i]);
  }
  return measured;
}

}  // namespace

std::vector<std::vector<Look>> choose_looks(std::span<const Chart> charts) {
  Numbers measured = number_measured(charts), theories;
  std::vector<std::vector<Look>> looks(charts.size());
  for (std::size_t c = 0; c < charts.size(); ++c) {
    const auto names = owners(charts[c]);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool dashed = charts[c].series[i].style == Style::dashed;
      if (dashed && !measured.has(names[i]))
        looks[c].push_back(grey(theories.of(names[i])));
      else
        looks[c].push_back({colour(measured.of(names[i])), dashed ? kDashes : std::vector<double>{}});
    }
  }
  return looks;
}

}  // namespace rhoam::render
