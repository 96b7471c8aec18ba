#pragma once
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/core/options.h"

namespace rhoam::compare {

/// An option and one value of it, as typed: "rho" and "0.99", "lr" and "linear:from=0.01,to=0.001".
struct Assignment {
  std::string option, value;
  bool operator==(const Assignment&) const = default;
};
/// What distinguishes one setting, or one tuning candidate, from the others: a value for each option.
using Assignments = std::vector<Assignment>;

/// "lr=0.01, clip=0.2"; "lr=linear:from=0.01,to=0.001; clip=0.2" where a value contains commas.
std::string to_string(const Assignments& options);

/// Name of a setting in a sentence: "ρ = 0.9", "gamma = 0.99", "optimizer=adam, rho=0.9". A rule for ρ, such
/// as match, is named alone. `name` is the setting's own, used where its options are unknown.
std::string label(const std::string& name, const Assignments& options);

/// The same where space is tight: a value of ρ is the number alone.
std::string short_label(const std::string& name, const Assignments& options);

/// The names of settings for a table column.
struct SettingNames {
  std::string head;  ///< the options that all of them set, "actor.rho, critic.rho"; empty if they differ
  std::vector<std::string> names;  ///< their values, "0.9, 0.99", under such a head; else the full names
};

/// `options` has one element per name.
SettingNames shortened(std::vector<std::string> names, std::span<const Assignments> options);

/// The same for settings of any type.
template <class Setting>
SettingNames shortened(const std::vector<Setting>& settings) {
  std::vector<std::string> names;
  std::vector<Assignments> options;
  for (const Setting& setting : settings) {
    names.push_back(setting.name);
    options.push_back(setting.options);
  }
  return shortened(std::move(names), options);
}

/// "match, auto"; where a name contains a comma, "adam, 0.9; auto".
std::string listed(const std::vector<std::string>& names);

/// An option and the values to try.
struct Axis {
  std::string option;
  std::vector<std::string> values;
};

/// One point of a grid: a value for every axis.
struct Choice {
  std::string name;  ///< "0.9"; with several axes "optimizer=adam, rho=0.9"
  Assignments options;
};

/// The values of a list: commas separate them, but a key=value belongs to the value before it
/// ("0.9,linear:from=0.9,to=0.99,match" are three); a semicolon always separates. Throws UsageError on an
/// empty or repeated value.
std::vector<std::string> split_values(const std::string& list);

/// Reads "optimizer=rmsprop,adam"; where a value is itself a list, only semicolons separate
/// ("hidden=64,64;32"). Throws UsageError with the text.
Axis parse_axis(const std::string& text);
/// Text that parse_axis reads back as the same values.
std::string to_string(const Axis& axis);

/// Every combination, the last axis varying fastest; one empty choice without axes.
std::vector<Choice> grid(std::span<const Axis> axes);

/// The value of --tune for tuning nothing.
inline constexpr const char* kNoTuning = "none";
/// The default of what is tuned.
inline constexpr const char* kDefaultTuning = "lr-factor=0.3,1,3";

/// The settings to compare: the grid of the axes (OPTION=VALUE,VALUE) and of the values of --rho, if any.
/// Throws UsageError for fewer than two settings, and for an option that is compared twice or cannot be
/// compared.
std::vector<Choice> settings_of(const std::vector<std::string>& axes, const std::string& rho);

/// Whether a training has this value of the option by default.
using IsDefault = std::function<bool(const Assignment&)>;

/// The index of the setting of this name; without a name, of the setting with the usual value on every axis:
/// ρ = 0.99, else the default, else the first. Throws UsageError.
int find_reference(const std::string& wanted, std::span<const Choice> settings, const IsDefault& is_default);

/// What is tuned for every setting separately: the options of --tune; several values of lr, which are then
/// removed from `options`; else the rate's factor, unless the rate is given or compared. Throws UsageError
/// where an option would be both tuned and compared.
std::vector<Axis> tuned_axes(const std::vector<std::string>& tune, std::span<const Choice> settings,
                             std::vector<core::GivenOption>& options);

}  // namespace rhoam::compare
