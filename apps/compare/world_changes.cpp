#include "apps/compare/world_changes.h"

#include <cmath>
#include <limits>

namespace rhoam::compare {

WorldChanges::WorldChanges(std::span<const envs::Drift> drifts, std::span<const double> values)
    : values_(values.begin(), values.end()) {
  for (const auto& drift : drifts) {
    jumps_.push_back(drift.schedule.jumps() && !envs::is_scale(drift.param));
    const auto timescale = drift.schedule.timescale();  // `steps` jumps without one
    if (jumps_.back() && timescale) timescales_.push_back(*timescale);
  }
}

bool WorldChanges::among(std::span<const envs::Drifting::Change> changes) {
  bool changed = false;
  for (const auto& change : changes) {
    for (std::size_t i = 0; i < jumps_.size(); ++i)
      changed = changed || (jumps_[i] && change.values[i] != values_[i]);
    values_ = change.values;
  }
  return changed;
}

double WorldChanges::dwell(const core::ClockRates& rates) const {
  double shortest = std::numeric_limits<double>::quiet_NaN();
  for (const auto& timescale : timescales_)
    shortest = std::fmin(shortest, timescale.in(core::Clock::steps, rates));
  return shortest;
}

}  // namespace rhoam::compare
