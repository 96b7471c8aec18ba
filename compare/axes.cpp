#include "rhoam/compare/axes.h"

#include <algorithm>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"

namespace rhoam::compare {
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

bool is_in(const Given& options, const std::string& name) {
  return std::ranges::find(options, name, &core::GivenOption::name) != options.end();
}

/// Several values of lr are a list to choose from.
std::vector<Axis> take_rates(Given& options) {
  const auto lr = std::ranges::find(options, "lr", &core::GivenOption::name);
  if (lr == options.end()) return {};
  const Axis axis{"lr", split_values(lr->texts[0])};
  if (axis.values.size() < 2) return {};
  options.erase(lr);
  return {axis};
}

std::vector<Axis> asked_for(const std::vector<std::string>& tune, const Given& compared, Given& options) {
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

void check_apart(const std::vector<Axis>& tuned, const Given& compared) {
  for (const auto& axis : tuned)
    if (is_in(compared, axis.option))
      throw core::UsageError("'" + axis.option + "' cannot be compared and tuned at once");
}

bool is_usual_rho(const Assignment& assignment) {
  const auto& option = assignment.option;
  if (option != "rho" && option != "actor.rho" && option != "critic.rho") return false;
  return core::parse_double(assignment.value) == 0.99 || assignment.value == "memory:100";
}

/// Of the values that the settings give to their option number `axis`.
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
    options.push_back(assignments_of(setting));
  }
  const auto found = wanted.empty() ? std::ranges::find(options, usual(options, is_default)) - options.begin()
                                    : std::ranges::find(names, wanted) - names.begin();
  if (found < std::ssize(settings)) return static_cast<int>(found);
  throw core::UsageError("--reference '" + wanted + "' is none of the settings " + core::join(names) +
                         core::did_you_mean(wanted, names));
}

std::vector<Axis> tuned_axes(const std::vector<std::string>& tune, std::span<const Choice> settings,
                             Given& options) {
  const Given& compared = settings.front().options;
  auto tuned = asked_for(tune, compared, options);
  check_apart(tuned, compared);
  return tuned;
}

}  // namespace rhoam::compare
