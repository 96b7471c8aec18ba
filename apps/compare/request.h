#pragma once
#include <string>
#include <vector>

#include "core/options.h"

namespace rhoam::compare {

/// What `compare` takes beside the options of the experiment.
struct Request {
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
Request peek(const std::vector<std::string>& args);

}  // namespace rhoam::compare
