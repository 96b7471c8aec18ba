#include "rhoam/compare/setting_style.h"

#include <algorithm>

#include "rhoam/optim/rho.h"

namespace rhoam::compare {
namespace {

bool fixes_memory(const Assignment& option) {
  return (option.option == "rho" || option.option == "actor.rho") && optim::parse_rho(option.value).fixed();
}

std::optional<std::string> line_of(Assignments options) {
  const auto fixed = std::erase_if(options, fixes_memory);
  return fixed == 1 ? std::optional(to_string(options)) : std::nullopt;
}

}  // namespace

SettingStyles setting_styles(const Results& results) {
  SettingStyles order;
  if (!results.scenarios.empty())
    for (const auto& setting : results.scenarios[0].settings) order.lines.push_back(line_of(setting.options));
  order.colors.assign(order.lines.size(), -1);
  int next = 0;
  const auto give = [&](std::size_t setting) {
    if (order.colors[setting] < 0) order.colors[setting] = next++;
  };
  if (const auto reference = static_cast<std::size_t>(results.reference); reference < order.lines.size())
    give(reference);
  for (const bool plain : {false, true})
    for (std::size_t i = 0; i < order.lines.size(); ++i)
      if (order.lines[i].has_value() == plain) give(i);
  return order;
}

std::vector<std::size_t> shown_first(const Results& results, const ScenarioAnalysis& analysis,
                                     std::size_t most) {
  const auto lines = setting_styles(results).lines;
  std::vector<std::size_t> chosen;
  const auto choose = [&](std::size_t setting) {
    if (chosen.size() < most && setting < lines.size() && std::ranges::count(chosen, setting) == 0)
      chosen.push_back(setting);
  };
  choose(static_cast<std::size_t>(results.reference));
  choose(static_cast<std::size_t>(analysis.best));
  for (const bool plain : {false, true})
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (lines[i].has_value() == plain) choose(i);
  std::ranges::sort(chosen);
  return chosen;
}

}  // namespace rhoam::compare
