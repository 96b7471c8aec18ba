// Trains PPO on CartPole-v1 for 20,000 steps: balancing must get better than the 22 steps of a random policy.
#include <cstdio>

#include "rhoam/agents/mlp.h"
#include "rhoam/agents/ppo.h"
#include "rhoam/agents/train.h"
#include "rhoam/envs/vector_env.h"

int main() {
  using namespace rhoam;
  constexpr int kRows = 8;
  const auto env = envs::make_vector_env("CartPole-v1", kRows, nullptr);
  const auto agent =
      agents::make_ppo({}, {.spec = env->spec(), .rows = kRows, .seed = 1, .make_network = agents::make_mlp});
  agents::Progress progress;
  env->reset(1, progress.batch);
  agents::train(*env, *agent, progress, 20'000, [](agents::Metrics) { return true; });
  std::printf("mean return of the last episodes: %.0f\n", progress.recent.return_mean());
  return progress.recent.return_mean() > 50 ? 0 : 1;
}
