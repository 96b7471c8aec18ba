#include "agents/scale_drift.h"

#include <algorithm>
#include <cmath>

#include "agents/streams.h"

namespace rhoam::agents {

ScaleDrift::ScaleDrift(std::span<const envs::Drift> drifts, const std::string& param) {
  const auto found = std::ranges::find(drifts, param, &envs::Drift::param);
  if (found != drifts.end()) x_ = found->schedule;
}

double ScaleDrift::at(const core::Clocks& clocks) {
  return std::exp(std::clamp(x_.at(clocks), envs::kLogVariance.low, envs::kLogVariance.high) / 2);
}

void ScaleDrift::load(const core::Tensors& in, const std::string& prefix) { load_schedule(in, prefix, x_); }

}  // namespace rhoam::agents
