#pragma once
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
/// What distinguishes one setting, or one candidate of a tuning, from the others: a value for each option.
using Assignments = std::vector<Assignment>;

/// "lr=0.01, clip=0.2"; "lr=linear:from=0.01,to=0.001; clip=0.2" where a value holds commas.
std::string to_string(const Assignments& options);

/// What a sentence calls a setting: "ρ = 0.9", "gamma = 0.99", "optimizer=adam, rho=0.9". A rule for ρ, such
/// as match, is called by its name alone. `name` is that of the setting, for one whose options are not known.
std::string label(const std::string& name, const Assignments& options);

/// The same where there is little room: values of ρ are numbers alone.
std::string short_label(const std::string& name, const Assignments& options);

/// The names of settings in a column of their own.
struct SettingNames {
  std::string head;                ///< the options that all of them set, "actor.rho, critic.rho"; empty: none
  std::vector<std::string> names;  ///< their values, "0.9, 0.99", below such a head; else as they are
};

/// `options` of each of the names.
SettingNames shortened(std::vector<std::string> names, std::span<const Assignments> options);

/// Of settings of any kind.
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

/// "match, auto"; where a name itself holds a comma, "adam, 0.9; auto".
std::string listed(const std::vector<std::string>& names);

/// An option and the values that it takes in turn.
struct Axis {
  std::string option;
  std::vector<std::string> values;
};

/// One point of a grid: a value for every axis.
struct Choice {
  std::string name;  ///< "0.9"; of several axes "optimizer=adam, rho=0.9"
  std::vector<core::GivenOption> options;
};

/// The same options, each with its one value.
Assignments assignments_of(const Choice& choice);

/// The values of a list: commas separate them, but a key=value belongs to the value before it
/// ("0.9,linear:from=0.9,to=0.99,match" are three); a semicolon always separates. Throws UsageError on an
/// empty value and on one that is there twice.
std::vector<std::string> split_values(const std::string& list);

/// Reads "optimizer=rmsprop,adam"; where a value itself is a list, only semicolons separate
/// ("hidden=64,64;32"). Throws UsageError naming the text.
Axis parse_axis(const std::string& text);
/// Text that parse_axis reads back as the same values.
std::string to_string(const Axis& axis);

/// Every combination, the last axis fastest; one empty choice without axes.
std::vector<Choice> grid(std::span<const Axis> axes);

}  // namespace rhoam::compare
