#pragma once
#include <cstdint>
#include <vector>

#include "agents/agent.h"
#include "core/metric_log.h"

namespace rhoam::apps {

/// Optimizer steps at this many environment steps or later keep what log_introspection needs.
void introspect_from(agents::Agent& agent, std::int64_t env_steps);

/// "optim/<network>/<figure>": what the last optimizer step of every network did; see agents::Introspection.
void log_introspection(agents::Agent& agent, std::vector<core::Metric>& row);

}  // namespace rhoam::apps
