#include "apps/compare/grid_edge.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <vector>

#include "apps/compare/setting_names.h"
#include "core/text.h"

namespace rhoam::compare {
namespace {

/// The numbers of "lr=0.01, clip=0.2" by option.
std::map<std::string, double> numbers_of(const std::string& candidate) {
  std::map<std::string, double> numbers;
  for (const auto& part : core::split(candidate, ',')) {
    const auto equals = part.find('=');
    if (equals == part.npos) continue;
    if (const auto number = core::parse_double(core::trim(part.substr(equals + 1))))
      numbers[std::string(core::trim(part.substr(0, equals)))] = *number;
  }
  return numbers;
}

/// What was tried of every option.
std::map<std::string, std::set<double>> grids_of(const Evidence& evidence, const std::string& scenario) {
  std::map<std::string, std::set<double>> grids;
  for (const auto& row : evidence.tuning)
    if (row.scenario == scenario)
      for (const auto& [option, value] : numbers_of(row.candidate)) grids[option].insert(value);
  return grids;
}

/// The settings for which this value was chosen.
std::vector<std::string> given(const ScenarioEvidence& scenario, const std::string& option, double value) {
  std::vector<std::string> names;
  for (const auto& setting : scenario.settings) {
    const auto chosen = numbers_of(setting.tuned);
    if (const auto own = chosen.find(option); own != chosen.end() && own->second == value)
      names.push_back(setting.name);
  }
  return names;
}

}  // namespace

std::string grid_edge_note(const Evidence& evidence, const ScenarioEvidence& scenario) {
  std::vector<std::string> sentences;
  for (const auto& [option, grid] : grids_of(evidence, scenario.name)) {
    if (grid.size() < 2) continue;
    for (const auto& [edge, value] : {std::pair("least", *grid.begin()), {"largest", *grid.rbegin()}}) {
      const auto names = given(scenario, option, value);
      if (names.empty()) continue;
      const auto who = names.size() == scenario.settings.size() ? "every setting" : listed(names);
      sentences.push_back(fmt::format("The {} chosen for {} is the {} tried, {}: widen --{}.", option, who,
                                      edge, core::format_double(value), option == "lr" ? "lr" : "tune"));
    }
  }
  return core::join(sentences, " ");
}

}  // namespace rhoam::compare
