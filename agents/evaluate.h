#pragma once
#include <cstdint>
#include <vector>

#include "rhoam/agents/agent.h"
#include "rhoam/core/random.h"
#include "rhoam/envs/vector_env.h"

namespace rhoam::agents {

struct EvaluationConfig {
  int episodes = 100;
  std::uint64_t seed = 0;    ///< of the starts, and of the actions when not greedy
  bool greedy = true;        ///< the most probable action, or a sample
  bool (*stop)() = nullptr;  ///< called between steps; true ends with the episodes finished so far
};

/// Undiscounted returns and lengths of finished episodes, in order of row and episode.
struct Evaluation {
  std::vector<double> returns;
  std::vector<double> lengths;
};

/// Plays `episodes` episodes with fresh starts. Episodes are assigned to the rows beforehand, so that short
/// ones are not counted more often than long ones. Throws DivergedError when the policy's outputs are not
/// finite.
Evaluation evaluate(const Policy& policy, envs::VectorEnv& env, const EvaluationConfig& config);

}  // namespace rhoam::agents
