#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "rhoam/agents/agent.h"
#include "rhoam/core/clock.h"
#include "rhoam/core/metric_log.h"

namespace rhoam::training {

/// The ρ of every network at the start, each with its memory and half-life in updates, steps and episodes,
/// and remarks where a formula had to assume something: one line each.
std::vector<std::string> describe_memories(agents::Agent& agent);

/// ρ of the actor at the start; NaN where it is automatic or there is none.
double first_rho(agents::Agent& agent);

/// "optim/<network>/rho", its memory and half-lives and the gradient's norm, as of the last update; also the
/// least and greatest memory since the last row.
void log_memories(agents::Agent& agent, const core::Clocks& clocks, std::vector<core::Metric>& row);

/// From this many environment steps on, optimizer steps keep what log_introspection needs.
void introspect_from(agents::Agent& agent, std::int64_t env_steps);

/// "optim/<network>/<figure>": statistics of every network's last optimizer step; see agents::Introspection.
void log_introspection(agents::Agent& agent, std::vector<core::Metric>& row);

}  // namespace rhoam::training
