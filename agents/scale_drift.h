#pragma once
#include <span>
#include <string>

#include "core/clock.h"
#include "core/schedule.h"
#include "core/tensors.h"
#include "envs/drift.h"

namespace rhoam::agents {

/// A factor exp(x/2) whose log-variance x drifts; x is held in envs::kLogVariance.
class ScaleDrift {
 public:
  /// Always 1.
  ScaleDrift() = default;
  /// Follows the drift of `param`; 1 when there is none.
  ScaleDrift(std::span<const envs::Drift> drifts, const std::string& param);

  /// The factor at clocks that do not decrease.
  double at(const core::Clocks& clocks);
  /// The state of a random drift under `prefix`; nothing for others. `load` throws CorruptError.
  void save(core::Tensors& out, const std::string& prefix) const { x_.save(out, prefix); }
  void load(const core::Tensors& in, const std::string& prefix);

 private:
  core::Schedule x_;
};

}  // namespace rhoam::agents
