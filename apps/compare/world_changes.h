#pragma once
#include <span>
#include <vector>

#include "core/clock.h"
#include "envs/drift.h"
#include "envs/drifting.h"

namespace rhoam::compare {

/// Tells changes of the world from those that leave it as it is: of scales, and of what never jumps.
class WorldChanges {
 public:
  /// The drifts of a training and their values at its start.
  WorldChanges(std::span<const envs::Drift> drifts, std::span<const double> values);

  /// True when one is among these; they go on from those of the last call.
  bool among(std::span<const envs::Drifting::Change> changes);

  /// The shortest declared time between two, in environment steps; NaN where none is declared.
  double dwell(const core::ClockRates& rates) const;

 private:
  std::vector<bool> jumps_;  ///< [drift]
  std::vector<core::Timescale> timescales_;
  std::vector<double> values_;  ///< [drift]
};

}  // namespace rhoam::compare
