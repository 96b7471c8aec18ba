#pragma once
#include "rhoam/agents/networks.h"
#include "rhoam/compare/shard.h"
#include "rhoam/compare/trial_store.h"

namespace rhoam::compare {

/// How to run, apart from what decides the results.
struct Effort {
  Shard shard;
  int threads = 1;  ///< cells at once
  bool quiet = false;
  agents::Networks networks;
};

/// Runs what is not done yet of a shard's cells, several at once, and those of other shards that its final
/// cells wait for and that nobody runs. A cell that another process runs is waited for. Returns the signal
/// that ended it early, or 0.
int run_cells(const Comparison& comparison, Ledger& ledger, const Effort& effort);

}  // namespace rhoam::compare
