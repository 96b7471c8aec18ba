#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>

namespace rhoam::agents {

/// The tuned options of one environment and algorithm, in the grammar of a config file.
struct Defaults {
  const char* env;
  const char* algorithm;
  std::array<std::string_view, 3> parts;  ///< of the text; rows may share parts
};

/// Every tuned pair; the first row of an environment names its default algorithm.
std::span<const Defaults> defaults();

/// The pairs for a world with a declared drift, where they differ by more than their learning rates.
std::span<const Defaults> defaults_under_drift();

/// The algorithm that `train` uses for an environment when none is named.
std::string default_algorithm(const std::string& env, bool drifting = false);

/// The tuned options, empty when this pair was never tuned. Under drift no rate falls to 0: a pair without a
/// row of its own there keeps its first rate throughout.
std::string default_options(const std::string& env, const std::string& algorithm, bool drifting = false);

}  // namespace rhoam::agents
