#include "apps/compare/setting_names.h"

#include <algorithm>

#include "core/text.h"

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

}  // namespace rhoam::compare
