#pragma once
#include "rhoam/agents/networks.h"
#include "rhoam/compare/shard.h"
#include "rhoam/compare/trial_store.h"

namespace rhoam::compare {

/// How to run, apart from what decides the results.
struct RunOptions {
  Shard shard;
  int threads = 1;  ///< trials at once
  bool quiet = false;
  agents::Networks networks;
};

/// Runs what is not done yet of a shard's trials, several at once, and those of other shards that its final
/// trials wait for and that nobody runs. A trial that another process runs is waited for. Returns the signal
/// that ended it early, or 0.
int run_trials(const Comparison& comparison, TrialStore& store, const RunOptions& options);

}  // namespace rhoam::compare
