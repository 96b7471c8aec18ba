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

/// A plan by the words typed after `compare`, which beat the suite's or config's text. Throws UsageError.
Plan make_plan(const std::vector<std::string>& args);

/// Throws UsageError with one line for anything that no trial could be run with.
void check(const Comparison& comparison, const agents::Networks& networks);

}  // namespace rhoam::compare
