#include "apps/compare/comparison_text.h"

#include <algorithm>

#include "apps/compare/axes.h"
#include "core/errors.h"
#include "core/shell.h"
#include "core/text.h"

namespace rhoam::compare {
namespace {

using Given = std::vector<core::GivenOption>;

Given sorted(Given options) {
  std::ranges::sort(options, {}, &core::GivenOption::name);
  return options;
}

/// All that decides a scenario's cells beside the settings.
Given lines_of(const Scenario& scenario) {
  Given lines{{"env", {scenario.env}}, {"algo", {scenario.algorithm}}};
  core::GivenOption tune{"tune", {}};
  for (const auto& axis : scenario.tuned) tune.texts.push_back(to_string(axis));
  if (tune.texts.empty()) tune.texts = {kNoTuning};
  lines.push_back(tune);
  put(lines, scenario.options);
  return lines;
}

void check_names(const std::vector<Section>& sections) {
  for (std::size_t i = 1; i < sections.size(); ++i) {
    if (sections[i].name.empty()) throw core::UsageError("a [scenario NAME] has no name");
    if (std::ranges::count(sections, sections[i].name, &Section::name) > 1)
      throw core::UsageError("there are two scenarios '" + sections[i].name + "'");
  }
}

}  // namespace

std::vector<Section> split_sections(const std::string& text) {
  constexpr std::string_view kHead = "[scenario ";
  std::vector<Section> sections(1);
  for (const auto& line : core::split(text, '\n')) {
    const auto trimmed = core::trim(line);
    if (trimmed.starts_with(kHead) && trimmed.ends_with(']'))
      sections.push_back(
          {std::string(core::trim(trimmed.substr(kHead.size(), trimmed.size() - kHead.size() - 1))), ""});
    else
      sections.back().text += line + "\n";
  }
  check_names(sections);
  return sections;
}

std::string canonical_text(const std::vector<Scenario>& scenarios, Given asks) {
  std::string text = "# 'rhoam compare --config FILE' repeats this comparison\n";
  text += core::to_config(sorted(std::move(asks)));
  for (const auto& scenario : scenarios) {
    if (!scenario.name.empty()) text += "\n[scenario " + scenario.name + "]\n";
    text += core::to_config(sorted(lines_of(scenario)));
  }
  return text;
}

std::string command_line(std::string words, const Given& options) {
  for (const auto& [name, texts] : options)
    for (const auto& text : texts) {
      const bool must_adjoin = text == "true" || text == "false" || text.starts_with('-');
      words += " --" + name + (must_adjoin ? "=" : " ") + core::shell_quoted(text);
    }
  return words;
}

Given as_typed(const Scenario& scenario, Given asks) {
  put(asks, lines_of(scenario));
  return sorted(std::move(asks));
}

}  // namespace rhoam::compare
