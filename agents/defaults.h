#pragma once
#include <span>
#include <string>

namespace rhoam::agents {

/// The tuned options of one environment and algorithm, in the grammar of a config file.
struct Defaults {
  const char* env;
  const char* algorithm;
  const char* options;
  const char* shared = "";  ///< further options, in common with another row
};

/// Every tuned pair; the first row of an environment holds its default algorithm.
std::span<const Defaults> defaults();

/// The algorithm that `train` uses for an environment when none is named.
std::string default_algorithm(const std::string& env);

/// The tuned options, empty when this pair was never tuned.
std::string default_options(const std::string& env, const std::string& algorithm);

}  // namespace rhoam::agents
