#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "rhoam/core/tensors.h"
#include "rhoam/training/run_directory.h"
#include "rhoam/training/training_config.h"

namespace rhoam::training {

/// Where an interrupted run goes on.
struct ResumePoint {
  std::filesystem::path file;               ///< of the checkpoint
  std::optional<core::Tensors> checkpoint;  ///< none: nothing was trained yet, so it starts afresh
  TrainingConfig config;
  std::int64_t planned;            ///< steps of the whole training when the checkpoint was written
  std::int64_t steps = 0;          ///< done
  std::vector<std::string> notes;  ///< what is not as a run should be, a line each
};

/// The last checkpoint, else the newest numbered one, else the best; its training with the length and the
/// number of checkpoints that config.ini asks for. Changes no file. Throws CorruptError where going on would
/// lose or mix something, with what to do.
ResumePoint find_resume_point(const RunDirectory& run, const agents::Networks& networks);

/// The options whose schedules run over the whole training, so that another length changes them.
std::vector<std::string> bound_to_length(TrainingConfig& config);

}  // namespace rhoam::training
