#pragma once
#include <optional>
#include <span>

#include "core/clock.h"
#include "envs/drift.h"
#include "optim/rho.h"

namespace rhoam::agents {

/// What `--rho match` goes by: the drift with the shortest timescale in updates, the first of equals; nothing
/// when none has a timescale. The amplitude is known only where the drifting parameter is itself a
/// log-variance of the gradient, and the kind only where there are closed forms for it.
std::optional<optim::DeclaredDrift> shortest_drift(std::span<const envs::Drift> drifts,
                                                   const core::ClockRates& rates);

}  // namespace rhoam::agents
