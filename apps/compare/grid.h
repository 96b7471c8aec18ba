#pragma once
#include <span>
#include <string>
#include <vector>

#include "apps/compare/setting_names.h"
#include "core/options.h"

namespace rhoam::compare {

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
