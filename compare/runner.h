#pragma once
#include "rhoam/agents/networks.h"
#include "rhoam/compare/shard.h"
#include "rhoam/compare/trial_store.h"

namespace rhoam::compare {

/// Settings of a run that do not affect the results.
struct RunOptions {
  Shard shard;
  int threads = 1;  ///< trials at once
  bool quiet = false;
  agents::Networks networks;
};

/// Runs a shard's unfinished trials, several at once, and those of other shards that its final trials depend
/// on and that nobody is running. Waits for trials that another process runs. Returns the signal that ended
/// it early, or 0.
int run_trials(const Comparison& comparison, TrialStore& store, const RunOptions& options);

}  // namespace rhoam::compare
