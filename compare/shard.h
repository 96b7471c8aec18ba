#pragma once
#include <string>

namespace rhoam::compare {

/// One of `count` processes that share the trials of a comparison.
struct Shard {
  int index = 0;
  int count = 1;
  bool mine(std::size_t trial) const {
    return static_cast<int>(trial % static_cast<std::size_t>(count)) == index;
  }
};

/// Reads "i/n" with i from 0 to n − 1; n/n, as when counting from 1, is shard 0. Throws UsageError.
Shard parse_shard(const std::string& text);

/// The shard of --shard, else the one that a launcher puts into the environment: RANK and WORLD_SIZE
/// (torchrun), OMPI_COMM_WORLD_RANK and _SIZE (mpirun), SLURM_ARRAY_TASK_ID with _MIN, _STEP and _COUNT
/// (sbatch --array), SLURM_PROCID and SLURM_STEP_NUM_TASKS (srun; a batch script alone has the former without
/// the latter); else the whole. Throws UsageError for impossible values, and where --shard contradicts a
/// launcher.
Shard find_shard(const std::string& text);

}  // namespace rhoam::compare
