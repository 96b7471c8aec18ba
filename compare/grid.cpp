#include "rhoam/compare/grid.h"

#include <algorithm>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"

namespace rhoam::compare {
namespace {

std::string symbol(const std::string& option) {
  if (option == "rho") return "ρ";
  if (option == "actor.rho") return "actor ρ";
  if (option == "critic.rho") return "critic ρ";
  return option;
}

std::vector<std::string> options_of(const Assignments& setting) {
  std::vector<std::string> options;
  for (const auto& [option, value] : setting) options.push_back(option);
  return options;
}

std::string values_of(const Assignments& setting) {
  std::vector<std::string> values;
  for (const auto& [option, value] : setting) values.push_back(value);
  return listed(values);
}

}  // namespace

std::string to_string(const Assignments& options) {
  std::vector<std::string> texts;
  for (const auto& [option, value] : options) texts.push_back(option + "=" + value);
  return listed(texts);
}

std::string label(const std::string& name, const Assignments& options) {
  if (options.size() != 1) return name;
  const auto& [option, value] = options.front();
  if (option == "rho" && !core::parse_double(value)) return value;
  return symbol(option) + " = " + value;
}

std::string short_label(const std::string& name, const Assignments& options) {
  return options.size() == 1 && options.front().option == "rho" ? name : label(name, options);
}

SettingNames shortened(std::vector<std::string> names, std::span<const Assignments> options) {
  if (options.empty() || options.front().empty()) return {.head = "", .names = std::move(names)};
  const auto shared = options_of(options.front());
  if (!std::ranges::all_of(options, [&](const auto& each) { return options_of(each) == shared; }))
    return {.head = "", .names = std::move(names)};
  SettingNames shorter{.head = shared.size() == 1 ? symbol(shared.front()) : core::join(shared), .names = {}};
  std::ranges::transform(options, std::back_inserter(shorter.names), values_of);
  return shorter;
}

std::string listed(const std::vector<std::string>& names) {
  const bool lists = std::ranges::any_of(names, [](const auto& name) { return name.find(',') != name.npos; });
  return core::join(names, lists ? "; " : ", ");
}

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
