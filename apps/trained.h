#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "apps/app.h"
#include "apps/experiment.h"
#include "core/thread_pool.h"

namespace rhoam::apps {

/// The checkpoint that a RUN or FILE argument means: a file itself, or one of a run directory's: "best" (the
/// last one where there is no best, as before the first evaluation), "last", or a number of steps. Throws
/// UsageError when it is not there, naming those that are.
std::filesystem::path find_checkpoint(const std::string& run_or_file, const std::string& which);

/// A checkpoint brought back to life for playing.
struct Trained {
  Experiment experiment;
  World world;  ///< an evaluation world as it stood at the checkpoint: parameters, drifts, statistics
  std::unique_ptr<agents::Agent> agent;
  std::int64_t steps;  ///< environment steps behind the checkpoint
};

/// Environment steps behind a checkpoint. Throws CorruptError.
std::int64_t steps_of(const core::Tensors& checkpoint);

Trained load_trained(const core::Tensors& checkpoint, int rows, const Networks& networks,
                     core::ThreadPool* pool);

}  // namespace rhoam::apps
