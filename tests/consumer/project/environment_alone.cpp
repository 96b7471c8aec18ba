// Steps four CartPoles with a constant push until each pole has fallen at least once.
#include <cstdio>
#include <vector>

#include "rhoam/envs/vector_env.h"

int main() {
  const auto env = rhoam::envs::make_vector_env("CartPole-v1", 4, nullptr);
  rhoam::envs::StepBatch batch;
  env->reset(1, batch);
  const std::vector<float> push_right(4, 1.0f);
  int falls = 0;
  for (int t = 0; t < 100; ++t) {
    env->step(push_right, batch);
    for (int row = 0; row < env->size(); ++row) falls += batch.terminated[row];
  }
  std::printf("%d falls in 400 steps\n", falls);
  return falls >= 4 ? 0 : 1;
}
