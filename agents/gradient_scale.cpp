#include "rhoam/agents/gradient_scale.h"

#include <algorithm>
#include <cmath>

#include "rhoam/agents/streams.h"

namespace rhoam::agents {
namespace {

optim::DeclaredDrift declared(const envs::Drift& drift, const core::Timescale& timescale) {
  return {.timescale = timescale,
          .kind = optim::drift_kind(drift.schedule.kind()),
          .amplitude = envs::is_scale(drift.param) ? drift.schedule.amplitude() : std::nullopt,
          .name = drift.to_string()};
}

/// The timescale of a drift on the network's own clock of updates.
std::optional<core::Timescale> timescale_of(const envs::Drift& drift, double pace) {
  auto timescale = drift.schedule.timescale();
  if (timescale && timescale->clock == core::Clock::updates && drift.param != envs::kAdvantageScale)
    timescale->value *= pace;
  return timescale;
}

}  // namespace

std::optional<optim::DeclaredDrift> shortest_drift(std::span<const envs::Drift> drifts,
                                                   const core::ClockRates& rates, double pace) {
  const auto updates = [&](const core::Timescale& length) { return length.in(core::Clock::updates, rates); };
  std::optional<optim::DeclaredDrift> shortest;
  for (const envs::Drift& drift : drifts) {
    const auto timescale = timescale_of(drift, pace);
    if (timescale && (!shortest || updates(*timescale) < updates(shortest->timescale)))
      shortest = declared(drift, *timescale);
  }
  return shortest;
}

ScaleDrift::ScaleDrift(std::span<const envs::Drift> drifts, const std::string& param) {
  const auto found = std::ranges::find(drifts, param, &envs::Drift::param);
  if (found != drifts.end()) x_ = found->schedule;
}

double ScaleDrift::at(const core::Clocks& clocks) {
  return std::exp(std::clamp(x_.at(clocks), envs::kLogVariance.low, envs::kLogVariance.high) / 2);
}

void ScaleDrift::load(const core::Tensors& in, const std::string& prefix) { load_schedule(in, prefix, x_); }

}  // namespace rhoam::agents
