#include "apps/compare/setting_names.h"

#include <algorithm>

#include "core/text.h"

namespace rhoam::compare {
namespace {

/// {"actor.rho", "critic.rho"} of "actor.rho=0.9, critic.rho=0.99"; nothing of a name of another form.
std::vector<std::string> options_of(const std::string& name) {
  std::vector<std::string> options;
  for (const auto& part : core::split(name, ',')) {
    const auto text = core::trim(part);
    const auto equals = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.");
    if (equals == text.npos || text[equals] != '=') return {};
    options.emplace_back(text.substr(0, equals));
  }
  return options;
}

std::string values_of(const std::string& name) {
  std::vector<std::string> values;
  for (const auto& part : core::split(name, ',')) values.push_back(part.substr(part.find('=') + 1));
  return core::join(values);
}

}  // namespace

SettingNames shortened(std::vector<std::string> names) {
  if (names.empty()) return {};
  const auto options = options_of(names[0]);
  const bool shared =
      std::ranges::all_of(names, [&](const auto& name) { return options_of(name) == options; });
  if (options.empty() || !shared) return {.head = "", .names = std::move(names)};
  std::ranges::transform(names, names.begin(), values_of);
  return {.head = core::join(options), .names = std::move(names)};
}

std::string listed(const std::vector<std::string>& names) {
  const bool lists = std::ranges::any_of(names, [](const auto& name) { return name.find(',') != name.npos; });
  return core::join(names, lists ? "; " : ", ");
}

}  // namespace rhoam::compare
