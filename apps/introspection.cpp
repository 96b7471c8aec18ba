#include "apps/introspection.h"

#include <fmt/format.h>

#include "agents/learner.h"

namespace rhoam::apps {

void introspect_from(agents::Agent& agent, std::int64_t env_steps) {
  for (const auto& [name, learner] : agent.learners()) learner->introspect_from(env_steps);
}

void log_introspection(agents::Agent& agent, std::vector<core::Metric>& row) {
  for (const auto& [name, learner] : agent.learners())
    for (const auto& figure : learner->introspection())
      row.push_back({fmt::format("optim/{}/{}", name, figure.name), figure.value});
}

}  // namespace rhoam::apps
