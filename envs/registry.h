#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rhoam/envs/vector_env.h"

namespace rhoam::envs {

/// One row of the table of environments.
struct EnvEntry {
  const char* id;  ///< Gymnasium's, with version
  EnvSpec (*spec)();
  std::unique_ptr<VectorEnv> (*make)(int rows, core::ThreadPool* pool);
  bool knows_regret;  ///< whether StepBatch::regret is given
};

/// Every environment, in the order of `rhoam list`.
std::span<const EnvEntry> env_table();

/// The ids of the table.
std::vector<std::string> env_ids();

/// The environment of this id. Throws UsageError with the nearest id when there is none.
const EnvEntry& find_env(const std::string& id);

}  // namespace rhoam::envs
