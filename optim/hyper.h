#pragma once
#include <string>

#include "rhoam/core/clock.h"
#include "rhoam/core/range.h"
#include "rhoam/core/schedule.h"

namespace rhoam::optim {

/// Range of ρ, the betas and momentum: [0, 1).
inline constexpr core::Range kDecay{.low = 0, .high = 1, .high_open = true};
/// [0, ∞].
inline constexpr core::Range kNonNegative{.low = 0};

/// A named scalar that may follow a schedule and stays in a range.
class Hyper {
 public:
  /// Throws UsageError naming value and range when the schedule can leave the range.
  Hyper(std::string name, core::Schedule schedule, const core::Range& allowed);
  double at(const core::Clocks& clocks) { return schedule_.at(clocks); }
  const std::string& name() const { return name_; }
  core::Schedule& schedule() { return schedule_; }

 private:
  std::string name_;
  core::Schedule schedule_;
};

/// True unless the schedule is the constant `value`.
bool differs(const core::Schedule& schedule, double value);

}  // namespace rhoam::optim
