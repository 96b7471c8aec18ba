#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "rhoam/core/tensors.h"
#include "rhoam/training/run_directory.h"
#include "rhoam/training/training_config.h"

namespace rhoam::training {

/// The point from which an interrupted run resumes.
struct ResumePoint {
  std::filesystem::path file;               ///< of the checkpoint
  std::optional<core::Tensors> checkpoint;  ///< none: nothing was trained yet, so the run starts afresh
  TrainingConfig config;
  std::int64_t planned;            ///< steps of the whole training when the checkpoint was written
  std::int64_t steps = 0;          ///< done
  std::vector<std::string> notes;  ///< irregularities of the run, a line each
};

/// Finds the last checkpoint, else the newest numbered one, else the best, and its configuration with the
/// length and the number of checkpoints from config.ini. Changes no file. Throws CorruptError, with what to
/// do, where resuming would lose or mix something.
ResumePoint find_resume_point(const RunDirectory& run, const agents::Networks& networks);

/// The options whose schedules span the whole training, so that another length changes them.
std::vector<std::string> bound_to_length(TrainingConfig& config);

}  // namespace rhoam::training
