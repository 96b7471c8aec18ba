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

/// True for "to=0.99", not for "linear:from=0.9", which starts a value.
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
  longer.options.push_back({option, value});
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

namespace {

using Given = std::vector<core::GivenOption>;

void check_once(const std::vector<Axis>& axes) {
  for (const auto& axis : axes)
    if (std::ranges::count(axes, axis.option, &Axis::option) > 1)
      throw core::UsageError("the axis '" + axis.option + "' is given twice");
}

std::vector<Axis> parse_axes(const std::vector<std::string>& texts) {
  std::vector<Axis> axes;
  for (const auto& text : texts) axes.push_back(parse_axis(text));
  check_once(axes);
  return axes;
}

bool is_in(const Assignments& options, const std::string& name) {
  return std::ranges::find(options, name, &Assignment::option) != options.end();
}
bool is_in(const Given& options, const std::string& name) {
  return std::ranges::find(options, name, &core::GivenOption::name) != options.end();
}

/// Several values of lr are a list to tune over.
std::vector<Axis> take_rates(Given& options) {
  const auto lr = std::ranges::find(options, "lr", &core::GivenOption::name);
  if (lr == options.end()) return {};
  const Axis axis{"lr", split_values(lr->texts[0])};
  if (axis.values.size() < 2) return {};
  options.erase(lr);
  return {axis};
}

std::vector<Axis> asked_for(const std::vector<std::string>& tune, const Assignments& compared,
                            Given& options) {
  const auto rates = take_rates(options);
  if (!rates.empty()) {
    if (!tune.empty()) throw core::UsageError("several values of --lr are tuned: leave out --tune");
    return rates;
  }
  if (tune == std::vector<std::string>{kNoTuning}) return {};
  if (!tune.empty()) return parse_axes(tune);
  const bool rate_is_said =
      std::ranges::any_of(std::initializer_list<const char*>{"lr", "lr-factor"},
                          [&](const char* rate) { return is_in(compared, rate) || is_in(options, rate); });
  return rate_is_said ? std::vector<Axis>{} : parse_axes({kDefaultTuning});
}

void check_apart(const std::vector<Axis>& tuned, const Assignments& compared) {
  for (const auto& axis : tuned)
    if (is_in(compared, axis.option))
      throw core::UsageError("'" + axis.option + "' cannot be compared and tuned at once");
}

bool is_usual_rho(const Assignment& assignment) {
  const auto& option = assignment.option;
  if (option != "rho" && option != "actor.rho" && option != "critic.rho") return false;
  return core::parse_double(assignment.value) == 0.99 || assignment.value == "memory:100";
}

/// The usual one of the settings' values on axis number `axis`.
Assignment usual(const std::vector<Assignments>& settings, std::size_t axis, const IsDefault& is_default) {
  for (const auto& so : {IsDefault(is_usual_rho), is_default})
    for (const auto& setting : settings)
      if (so(setting[axis])) return setting[axis];
  return settings.front()[axis];
}

/// The usual value on every axis of a grid.
Assignments usual(const std::vector<Assignments>& settings, const IsDefault& is_default) {
  Assignments all;
  for (std::size_t axis = 0; axis < settings.front().size(); ++axis)
    all.push_back(usual(settings, axis, is_default));
  return all;
}

}  // namespace

std::vector<Choice> settings_of(const std::vector<std::string>& texts, const std::string& rho) {
  auto axes = parse_axes(texts);
  if (!rho.empty()) axes.push_back({"rho", split_values(rho)});
  check_once(axes);
  if (axes.empty())
    throw core::UsageError(
        "nothing to compare: give --rho 0.9,0.99,match or --axis optimizer=rmsprop,adam; --suite NAME runs "
        "a prepared comparison");
  if (std::ranges::find(axes, "seed", &Axis::option) != axes.end())
    throw core::UsageError("'seed' cannot be an axis: all settings have the same --seeds");
  auto settings = grid(axes);
  if (settings.size() < 2) throw core::UsageError("a comparison needs at least two settings");
  return settings;
}

int find_reference(const std::string& wanted, std::span<const Choice> settings, const IsDefault& is_default) {
  std::vector<std::string> names;
  std::vector<Assignments> options;
  for (const auto& setting : settings) {
    names.push_back(setting.name);
    options.push_back(setting.options);
  }
  const auto found = wanted.empty() ? std::ranges::find(options, usual(options, is_default)) - options.begin()
                                    : std::ranges::find(names, wanted) - names.begin();
  if (found < std::ssize(settings)) return static_cast<int>(found);
  throw core::UsageError("--reference '" + wanted + "' is none of the settings " + core::join(names) +
                         core::did_you_mean(wanted, names));
}

std::vector<Axis> tuned_axes(const std::vector<std::string>& tune, std::span<const Choice> settings,
                             Given& options) {
  const Assignments& compared = settings.front().options;
  auto tuned = asked_for(tune, compared, options);
  check_apart(tuned, compared);
  return tuned;
}

}  // namespace rhoam::compare
