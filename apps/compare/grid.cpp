#include "apps/compare/grid.h"

#include <algorithm>
#include <utility>

#include "core/errors.h"
#include "core/text.h"

namespace rhoam::compare {
namespace {

constexpr std::size_t kMostChoices = 10'000;
constexpr std::string_view kListOptions[] = {"hidden", "observation-scale"};

bool takes_list(const std::string& option) {
  return std::ranges::find(kListOptions, option) != std::end(kListOptions);
}

/// True of "to=0.99", not of "linear:from=0.9", which starts a value.
bool continues(const std::string& part) {
  const auto equals = part.find('=');
  return equals != std::string::npos && part.find(':') > equals;
}

void append_values(const std::string& group, std::vector<std::string>& values) {
  bool first = true;
  for (const auto& part : core::split(group, ',')) {
    if (!std::exchange(first, false) && continues(part))
      values.back() += "," + part;
    else
      values.emplace_back(core::trim(part));
  }
}

void check(const std::string& list, std::vector<std::string> values) {
  if (std::ranges::find(values, "") != values.end())
    throw core::UsageError("the list '" + list + "' has an empty value");
  std::ranges::sort(values);
  const auto twice = std::ranges::adjacent_find(values);
  if (twice != values.end()) throw core::UsageError("the list '" + list + "' has '" + *twice + "' twice");
}

Choice extended(const Choice& choice, const std::string& option, const std::string& value,
                const std::string& name) {
  Choice longer = choice;
  longer.name += (choice.name.empty() ? "" : ", ") + name;
  longer.options.push_back({option, {value}});
  return longer;
}

}  // namespace

std::vector<std::string> split_values(const std::string& list) {
  std::vector<std::string> values;
  for (const auto& group : core::split(list, ';')) append_values(group, values);
  check(list, values);
  return values;
}

Axis parse_axis(const std::string& text) {
  const auto equals = text.find('=');
  const std::string option(core::trim(std::string_view(text).substr(0, equals)));
  if (equals == std::string::npos || option.empty())
    throw core::UsageError("'" + text + "' is not OPTION=VALUE,VALUE, such as optimizer=rmsprop,adam");
  const std::string list = text.substr(equals + 1);
  if (!takes_list(option)) return {option, split_values(list)};
  auto values = core::split(list, ';');
  check(list, values);
  return {option, std::move(values)};
}

std::string to_string(const Axis& axis) {
  std::vector<std::string> reread;
  append_values(core::join(axis.values, ","), reread);
  const bool commas_will_do = !takes_list(axis.option) && reread == axis.values;
  return axis.option + "=" + core::join(axis.values, commas_will_do ? "," : ";");
}

Assignments assignments_of(const Choice& choice) {
  Assignments assignments;
  for (const auto& [option, texts] : choice.options) assignments.push_back({option, texts.front()});
  return assignments;
}

std::vector<Choice> grid(std::span<const Axis> axes) {
  std::vector<Choice> choices(1);
  for (const auto& [option, values] : axes) {
    std::vector<Choice> longer;
    for (const auto& choice : choices)
      for (const auto& value : values)
        longer.push_back(extended(choice, option, value, axes.size() > 1 ? option + "=" + value : value));
    choices = std::move(longer);
    if (choices.size() > kMostChoices)
      throw core::UsageError("the axes have more than " + std::to_string(kMostChoices) + " combinations");
  }
  return choices;
}

}  // namespace rhoam::compare
