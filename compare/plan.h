#pragma once
#include <string>
#include <vector>

#include "rhoam/agents/networks.h"
#include "rhoam/compare/comparison.h"
#include "rhoam/compare/options.h"

namespace rhoam::compare {

/// What was asked for: the words typed after `compare`, which beat the suite's or config's text. Throws
/// UsageError with one line for anything that no trial could be run with; nothing is written.
struct Plan {
  CompareOptions request;
  Comparison comparison;
};
Plan make_plan(const std::vector<std::string>& args, const agents::Networks& networks);

}  // namespace rhoam::compare
