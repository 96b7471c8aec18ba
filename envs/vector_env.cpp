#include "rhoam/envs/vector_env.h"

namespace rhoam::envs {

void StepBatch::resize(int rows, int observation_size) {
  const auto n = static_cast<std::size_t>(rows), width = static_cast<std::size_t>(observation_size);
  obs.resize(n * width);
  final_obs.resize(n * width);
  reward.resize(n);
  terminated.resize(n);
  truncated.resize(n);
  episode_return.resize(n);
  episode_length.resize(n);
}

}  // namespace rhoam::envs
