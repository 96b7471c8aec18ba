#pragma once
#include <optional>
#include <span>
#include <string>

#include "rhoam/core/clock.h"
#include "rhoam/core/schedule.h"
#include "rhoam/core/tensors.h"
#include "rhoam/envs/drift.h"
#include "rhoam/optim/rho.h"

namespace rhoam::agents {

/// The drift that `--rho match` of a network uses: the one with the shortest timescale in the network's
/// updates, the first of equals; nothing when none has a timescale. The network makes `pace` updates per
/// update of the actor; the world's drifts count the actor's updates, advantage-scale the network's own. The
/// amplitude is known only where the drifting parameter is itself a log-variance of the gradient, and the
/// kind only where there are closed forms for it.
std::optional<optim::DeclaredDrift> shortest_drift(std::span<const envs::Drift> drifts,
                                                   const core::ClockRates& rates, double pace = 1);

/// A factor exp(x/2) whose log-variance x drifts; x is clamped to envs::kLogVariance.
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
