#pragma once
#include <string>
#include <vector>

#include "rhoam/compare/comparison.h"
#include "rhoam/core/options.h"

namespace rhoam::compare {

/// What `compare` takes beside the options of the training.
struct CompareOptions {
  std::string env, algorithm, config, suite;
  std::string question, name;
  std::vector<std::string> axes;  ///< OPTION=VALUE,VALUE
  std::vector<std::string> tune;  ///< likewise, or "none"
  int seeds = 10, tuning_seeds = 5;
  std::string reference;  ///< name of a setting; empty: see find_reference
  std::string score = "auto";
  bool every_rate = false, oracle = false;

  std::string out, shard;
  int threads = 0;
  bool quiet = false, json = false, show = false, help = false;

  /// The options that decide the result.
  void describe_question(core::Options& options);
  /// All of them.
  void describe(core::Options& options);
};

/// A first look at the words: what must be known before the other options can be named.
CompareOptions peek(const std::vector<std::string>& args);

/// Sections of the text of a comparison: first what stands before any "[scenario NAME]", nameless.
struct Section {
  std::string name, text;
};
/// Throws UsageError for scenarios without a name or of the same.
std::vector<Section> split_sections(const std::string& text);

/// The text of comparison.ini, the same however the comparison was said: `asks` are the options that hold for
/// all scenarios, beside those of the training.
std::string canonical_text(const std::vector<Scenario>& scenarios, std::vector<core::GivenOption> asks);

/// A command for a shell: `words` and then the options, quoted where that is needed.
std::string command_line(std::string words, const std::vector<core::GivenOption>& options);

/// The options of a comparison of one scenario as they are typed.
std::vector<core::GivenOption> as_typed(const Scenario& scenario, std::vector<core::GivenOption> asks);

}  // namespace rhoam::compare
