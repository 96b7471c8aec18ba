#pragma once
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/core/text.h"
#include "rhoam/envs/perturbed.h"
#include "rhoam/envs/registry.h"
#include "rhoam/tests/fuzz/harness.h"

namespace rhoam::fuzz {

/// The lines of an input: the first names an environment, the others are words about it.
struct Lines {
  std::string env;
  std::vector<std::string> words;
};

inline Lines lines_of(const std::string& input) {
  constexpr std::size_t kMost = 16;
  auto lines = core::split(input, '\n');
  std::string env = std::move(lines.front());
  lines.erase(lines.begin());
  if (lines.size() > kMost) lines.resize(kMost);
  return {std::move(env), std::move(lines)};
}

/// Every parameter can be set: those of the environment and the perturbations.
inline std::unique_ptr<envs::VectorEnv> make_world(const std::string& env) {
  return std::make_unique<envs::Perturbed>(envs::make_vector_env(env, 2, nullptr));
}

/// Some steps with actions that the environment has; what comes back are numbers.
inline void play(envs::VectorEnv& env, int steps, std::int64_t clock_pace = 1) {
  envs::StepBatch batch;
  env.reset(5, batch);
  const auto& space = env.spec().action;
  std::vector<float> actions(static_cast<std::size_t>(env.size()) * static_cast<std::size_t>(space.size()));
  for (int step = 0; step < steps; ++step) {
    env.set_clocks({.steps = step * clock_pace, .updates = step, .episodes = step});
    for (auto& action : actions) action = space.discrete() ? static_cast<float>(step % space.n) : 0.5f;
    env.step(actions, batch);
    for (const float reward : batch.reward) demand(std::isfinite(reward), "a reward is no number");
    for (const float seen : batch.obs) demand(std::isfinite(seen), "an observation is no number");
  }
}

}  // namespace rhoam::fuzz
