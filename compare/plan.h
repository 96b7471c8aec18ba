#pragma once
#include <string>
#include <vector>

#include "rhoam/agents/networks.h"
#include "rhoam/compare/comparison.h"
#include "rhoam/compare/options.h"

namespace rhoam::compare {

struct Plan {
  CompareOptions request;
  Comparison comparison;
};

/// Plan from the arguments after `compare`, which override the suite's or config's text. Throws UsageError.
Plan make_plan(const std::vector<std::string>& args);

/// Throws UsageError with one line if any trial could not be run.
void check(const Comparison& comparison, const agents::Networks& networks);

}  // namespace rhoam::compare
