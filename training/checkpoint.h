#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "rhoam/agents/networks.h"
#include "rhoam/core/thread_pool.h"
#include "rhoam/training/world.h"

namespace rhoam::training {

/// The checkpoint that a RUN or FILE argument means: the file itself, or a checkpoint of a run directory:
/// "best" (the last one where there is no best, as before the first evaluation), "last", or a number of
/// steps. Throws UsageError with the existing ones when it does not exist.
std::filesystem::path find_checkpoint(const std::string& run_or_file, const std::string& which);

/// A checkpoint restored for playing: its networks and its world, not its optimizers.
struct TrainedAgent {
  TrainingConfig config;
  World world;  ///< an evaluation world with the checkpoint's parameters, drifts and statistics
  std::unique_ptr<agents::Agent> agent;
  std::int64_t steps;  ///< environment steps until the checkpoint
};

/// Throws CorruptError where the options of a checkpoint imply other sizes than its tensors have. To be
/// called before memory is allocated for them.
void check_sizes(const TrainingConfig& config, const core::Tensors& checkpoint);

/// The configuration of a checkpoint from which an agent can be made. Throws CorruptError where no training
/// can have had its options, and what find_network throws.
TrainingConfig config_of(const core::Tensors& checkpoint, const agents::Networks& networks);

/// Environment steps until a checkpoint. Throws CorruptError.
std::int64_t steps_of(const core::Tensors& checkpoint);

TrainedAgent load_trained(const core::Tensors& checkpoint, int rows, const agents::Networks& networks,
                          core::ThreadPool* pool);

}  // namespace rhoam::training
