#pragma once
#include <optional>
#include <span>

#include "core/clock.h"
#include "envs/drift.h"
#include "optim/rho.h"

namespace rhoam::agents {

/// What `--rho match` of a network goes by: the drift with the shortest timescale in its updates, the first
/// of equals; nothing when none has a timescale. It makes `pace` updates per update of the actor, which is
/// what the world's drifts count; advantage-scale counts the network's own. The amplitude is known only where
/// the drifting parameter is itself a log-variance of the gradient, and the kind only where there are closed
/// forms for it.
std::optional<optim::DeclaredDrift> shortest_drift(std::span<const envs::Drift> drifts,
                                                   const core::ClockRates& rates, double pace = 1);

}  // namespace rhoam::agents
