#include "apps/compare/grid_edge.h"

#include <fmt/format.h>

#include <compare>
#include <map>
#include <set>
#include <vector>

#include "core/text.h"

namespace rhoam::compare {
namespace {

/// The values that are numbers, by option.
std::map<std::string, double> numbers_of(const Assignments& candidate) {
  std::map<std::string, double> numbers;
  for (const auto& [option, value] : candidate)
    if (const auto number = core::parse_double(value)) numbers[option] = *number;
  return numbers;
}

/// What was tried of every option for one setting.
std::map<std::string, std::set<double>> grids_of(const Evidence& evidence, const std::string& scenario,
                                                 const std::string& setting) {
  std::map<std::string, std::set<double>> grids;
  for (const auto& row : evidence.tuning)
    if (row.scenario == scenario && row.setting == setting)
      for (const auto& [option, value] : numbers_of(row.candidate)) grids[option].insert(value);
  return grids;
}

/// An option and the end of its grid.
struct Edge {
  std::string option;
  bool largest;
  double value;
  auto operator<=>(const Edge&) const = default;
};

/// The settings for which each edge was chosen.
std::map<Edge, std::vector<std::string>> chosen_edges(const Evidence& evidence,
                                                      const ScenarioEvidence& scenario) {
  std::map<Edge, std::vector<std::string>> edges;
  for (const auto& setting : scenario.settings) {
    const auto chosen = numbers_of(setting.tuned);
    for (const auto& [option, grid] : grids_of(evidence, scenario.name, setting.name)) {
      const auto own = chosen.find(option);
      if (grid.size() < 2 || own == chosen.end()) continue;
      for (const auto& edge : {Edge{option, false, *grid.begin()}, Edge{option, true, *grid.rbegin()}})
        if (own->second == edge.value) edges[edge].push_back(short_label(setting.name, setting.options));
    }
  }
  return edges;
}

}  // namespace

std::string grid_edge_note(const Evidence& evidence, const ScenarioEvidence& scenario) {
  std::vector<std::string> sentences;
  for (const auto& [edge, names] : chosen_edges(evidence, scenario)) {
    const auto who = names.size() == scenario.settings.size() ? "every setting" : listed(names);
    sentences.push_back(fmt::format("The {} chosen for {} is the {} tried, {}: widen --{}.", edge.option, who,
                                    edge.largest ? "largest" : "least", core::format_double(edge.value),
                                    edge.option == "lr" ? "lr" : "tune"));
  }
  return core::join(sentences, " ");
}

}  // namespace rhoam::compare
