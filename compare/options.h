#pragma once
#include <string>
#include <vector>

#include "rhoam/compare/comparison.h"
#include "rhoam/core/options.h"

namespace rhoam::compare {

/// The options of `compare` besides those of the training.
struct CompareOptions {
  std::string env, algorithm, config, suite;
  std::string question, name;
  std::vector<std::string> axes;  ///< OPTION=VALUE,VALUE
  std::vector<std::string> tune;  ///< the same, or "none"
  int seeds = 10, tuning_seeds = 5;
  std::string reference;  ///< name of a setting; empty: see find_reference
  std::string score = "auto";
  bool every_rate = false, oracle = false;

  std::string out, shard;
  int threads = 0;
  bool quiet = false, json = false, show = false, help = false;

  /// Declares the options that decide the result.
  void describe_question(core::Options& options);
  /// Declares all options.
  void describe(core::Options& options);
};

/// A first pass over the arguments, for what must be known before the other options can be declared.
CompareOptions peek(const std::vector<std::string>& args);

/// Section of a comparison's text; the part before the first "[scenario NAME]" has no name.
struct Section {
  std::string name, text;
};
/// Throws UsageError for scenarios without a name or with the same name.
std::vector<Section> split_sections(const std::string& text);

/// The text of comparison.ini, the same however the comparison was specified: `asks` are the options for all
/// scenarios, besides those of the training.
std::string canonical_text(const std::vector<Scenario>& scenarios, std::vector<core::GivenOption> asks);

/// A shell command: `words` and then the options, quoted where needed.
std::string command_line(std::string words, const std::vector<core::GivenOption>& options);

/// The options of a single-scenario comparison as they are typed.
std::vector<core::GivenOption> as_typed(const Scenario& scenario, std::vector<core::GivenOption> asks);

}  // namespace rhoam::compare
