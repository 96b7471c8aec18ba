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
  std::array<std::string_view, 3> parts;  ///< of the text; rows may have parts in common
};

/// Every tuned pair; the first row of an environment holds its default algorithm.
std::span<const Defaults> defaults();

/// Those for a world in which a drift is declared, where they differ by more than their learning rates.
std::span<const Defaults> defaults_under_drift();

/// The algorithm that `train` uses for an environment when none is named.
std::string default_algorithm(const std::string& env, bool drifting = false);

/// The tuned options, empty when this pair was never tuned. Under drift no rate falls to 0: what has no row
/// of its own there keeps its first rate for ever.
std::string default_options(const std::string& env, const std::string& algorithm, bool drifting = false);

}  // namespace rhoam::agents
