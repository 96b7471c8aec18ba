#pragma once
#include <filesystem>
#include <string>

#include "rhoam/core/tensors.h"
#include "rhoam/training/world.h"

namespace rhoam::training {

/// The checkpoint whose weights a new training begins with.
struct Source {
  std::filesystem::path file;
  core::Tensors checkpoint;
  TrainingConfig config;
};

/// Reads what find_checkpoint (training/checkpoint.h) finds.
Source find_source(const std::string& run_or_file, const std::string& which,
                   const agents::Networks& networks);

/// Makes the source's options the defaults of a new training: all of them for the same environment and
/// algorithm, else those of the networks and of the observations. Returns whether all were taken.
bool take_options(Source& source, TrainingConfig& config);

/// Loads the weights into the networks and, where both normalise observations, the statistics into the
/// normaliser; optimizers, clocks and streams stay new. Throws CorruptError naming the tensor and both shapes
/// when one does not fit.
void take_weights(const core::Tensors& source, agents::Agent& agent, World& world);

/// Throws as take_weights does when a training of this configuration could not begin with the source's
/// weights.
void check_weights(const Source& source, const TrainingConfig& config, const agents::Networks& networks);

}  // namespace rhoam::training
