#pragma once
#include <functional>
#include <string>
#include <vector>

#include "rhoam/core/options.h"
#include "rhoam/training/training_config.h"

namespace rhoam::training {

/// "--eps is not used by sgd; --momentum-form, --nesterov are not used without --momentum", or empty.
/// `reason` says why an option changes nothing; empty when it has an effect.
std::string unused_remark(const std::vector<std::string>& names,
                          const std::function<std::string(const std::string&)>& reason);

/// The remark for a training with these options: considers those typed and, from a config file, those that
/// differ from the defaults of `fresh`.
std::string unused_remark(TrainingConfig& config, TrainingConfig fresh, const core::Options& given);

}  // namespace rhoam::training
